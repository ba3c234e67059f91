"""The page docs/commands.md, made from the help of the commands."""

from __future__ import annotations

HEAD = """# Commands

What `watermelon COMMAND --help` says. A user's mistake ends with exit code 2 and a sentence that says
what would be accepted; 0 is done, 1 is a check that said no, 130 an interruption.
"""


def page() -> str:
    """The text of the page."""
    import click

    from watermelon.cli.group import commands

    parts = [HEAD]
    context = click.Context(commands, info_name="watermelon", **commands.context_settings)
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        assert command is not None
        own = click.Context(command, info_name=name, parent=context, terminal_width=100)
        parts.append(f"## {name}\n\n```text\n{stable(command.get_help(own))}\n```\n")
    return "\n".join(parts)


def stable(text: str) -> str:
    """Help without what differs from machine to machine."""
    return "\n".join(line.rstrip() for line in text.splitlines())
