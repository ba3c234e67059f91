"""Names that tools give to what this program calls by canonical names: columns, states, priorities.

English first; German, French, Spanish and Portuguese where tools and their users write so. Names are compared
without case, accents, spaces and punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

COLUMNS = {
    "case": (
        "case_id, caseid, case:concept:name, trace:concept:name, incident_id, incident_number, incident, "
        "ticket_id, ticket_number, ticket, ticket_no, issue_key, key, issue_id, number, request_id, "
        "case_number, sr_number, service_request_id, request_no, case_no, incident_no, call_id, call_ref, "
        "display_id, ticketnummer, ticket_nr, vorgangsnummer, vorgangs_id, vorgang, auftragsnummer, "
        "vorgangs_nr, fallnummer, störungsnummer, incident_nr, numéro, numéro_de_ticket, numéro_du_ticket, "
        "no_ticket, n_ticket, n_de_ticket, n_du_ticket, n_d_incident, n_incident, n_de_demande, "
        "no_de_ticket, no_de_incidencia, n_de_incidencia, no_incidencia, no_do_chamado, n_do_chamado, "
        "número_de_incidencia, número_de_incidente, numéro_d_incident, número, número_de_ticket, "
        "número_do_chamado, chamado, reference, référence, ref, folio, nr, id, case"
    ),
    "time": (
        "time:timestamp, timestamp, complete_timestamp, sys_updated_at, sys_updated_on, updated_at, updated, "
        "event_time, change_date_time, data_stamp, datestamp, date_stamp, end_time, end_timestamp, "
        "changed_at, change_date, modified, last_modified, last_updated, last_update, zeitstempel, "
        "zeitpunkt, horodatage, datetime, date, datum"
    ),
    "opened": (
        "opened_at, opened, open_time, opened_date, created_at, created, created_on, creation_date, "
        "created_date, create_time, creation_time, date_opened, date_created, reported_date, submitted, "
        "submit_date, reported_at, logged_at, registered, case:opened"
    ),
    "resolved": (
        "resolved_at, resolved, resolved_time, resolution_date, resolved_date, date_resolved, resolve_time, "
        "solved_at, solved, resolution_time, restored_at, fixed_at, completed_at, resolved_on, "
        "last_resolved_date"
    ),
    "closed": (
        "closed_at, closed, close_time, closed_date, date_closed, closed_on, closure_date, close_date, "
        "completed_time, completed_date, completed_at, completed_on, completed, completion_date"
    ),
    "state": (
        "incident_state, state, status, ticket_status, case_status, current_status, new_status, to_status, "
        "request_status, concept:name, activity, activity_name, event, event_type, incident_activity_type, "
        "task, action, "
        "zustand, statut, état, estado"
    ),
    "substate": (
        "sub_status, substatus, sub_state, substate, status_reason, hold_reason, on_hold_reason, "
        "pending_reason, statusgrund, unterstatus, wartegrund, sous_statut, raison_du_statut, motif, "
        "subestado, motivo"
    ),
    "priority": (
        "priority, prio, severity, case:priority, ticket_priority, priority_level, priorität, prioritaet, "
        "priorité, prioridad, prioridade"
    ),
    "impact": "impact, case:impact, auswirkung, impacto",
    "urgency": "urgency, case:urgency, dringlichkeit, urgence, urgencia, urgência",
    "category": (
        "category, case:category, type_of_incident, component_s, components, component, product, service, "
        "topic, queue, ticket_category, category_name, category_1, operational_categorization_tier_1, "
        "product_categorization_tier_1, kategorie, thema, catégorie, categoría, categoria"
    ),
    "subcategory": (
        "subcategory, sub_category, case:subcategory, item_type, product_type, category_2, "
        "operational_categorization_tier_2, product_categorization_tier_2, unterkategorie, sous_catégorie, "
        "subcategoría, subcategoria"
    ),
    "symptom": "u_symptom, symptom, km_number, closure_code, close_code, resolution_code",
    "item": (
        "cmdb_ci, configuration_item, affected_ci, ci_name_aff, ci_name, ci, asset, asset_id, "
        "service_component_wbs_aff, case:item, konfigurationselement, betroffenes_ci, "
        "élément_de_configuration"
    ),
    "team": (
        "assignment_group, assigned_group, org:group, support_group, resolver_group, assignee_group, "
        "assigned_team, team, group, support_team, responsible_group, owner_group, current_group, "
        "assigned_support_group, support_group_name, group_name, team_name, ticket_group, "
        "zugewiesene_gruppe, bearbeitergruppe, bearbeitende_gruppe, lösungsgruppe, supportgruppe, gruppe, "
        "groupe_affecté, groupe_assigné, groupe_d_affectation, groupe, équipe, grupo_asignado, "
        "grupo_de_atribuição, grupo, equipo, equipe, operator_group, owner_team, owned_by_team, "
        "groupe_de_techniciens, assigné_à_groupe_de_techniciens, attribué_à_groupe_de_techniciens, "
        "attribué_à_groupe, department, abteilung, org:role, queue"
    ),
    "person": (
        "assigned_to, assignee, org:resource, resource, owner, agent, assigned_person, technician, "
        "resolver, user_id, agent_name, assignee_name, owner_name, bearbeiter, sachbearbeiter, "
        "zugewiesen_an, besitzer, affecté_à, assigné_à, assigné_à_technicien, attribué_à, "
        "attribué_à_technicien, technicien, asignado_a, atribuído_a, operator, owned_by"
    ),
    "updated_by": (
        "sys_updated_by, updated_by, modified_by, changed_by, last_modified_by, geändert_von, modifié_par"
    ),
    "lifecycle": "lifecycle:transition, lifecycle, transition, lifecycle_transition",
    "reassignments": (
        "reassignment_count, reassignments, x_reassignments, number_of_reassignments, nr_of_reassignments, "
        "reassign_count, handoffs, transfers, group_transfers, group_stations, weiterleitungen, "
        "anzahl_weiterleitungen, anzahl_der_weiterleitungen, réaffectations, nombre_de_réaffectations, "
        "reasignaciones, número_de_reasignaciones"
    ),
    "reopens": (
        "reopen_count, reopens, reopened, reopened_count, times_reopened, number_of_reopens, is_reopened, "
        "wiedereröffnungen, wiedereröffnet, réouvertures, rouvert"
    ),
    "made_sla": (
        "made_sla, sla_met, met_sla, within_sla, sla_achieved, sla_status, resolution_sla_status, "
        "resolution_status, sla_eingehalten, slm_status, slm_real_time_status, overdue_status, "
        "sla_violated, sla_breached, sla_violation, has_breached, sla_verletzt"
    ),
    "handle_hours": (
        "handle_time_hours, handle_time_h, handle_time, business_duration_hours, resolution_time_in_hrs, "
        "resolution_time_in_hours, resolution_time_hours"
    ),
    "caller": (
        "caller_id, caller, caller_name, reporter, requester, requested_for, reported_by, customer, "
        "affected_user, contact, requester_name, requester_id, requester_email, customer_name, contact_name, "
        "submitter, melder, meldender, anwender, kunde, demandeur, demandeur_demandeur, appelant, solicitante"
    ),
    "channel": "contact_type, channel, reported_source, source, contact_method, via, kanal, meldeweg, canal",
    "kind": (
        "issue_type, issuetype, ticket_type, request_type, case:type, record_type, case_type, incident_type, "
        "call_type, type, vorgangsart, vorgangstyp, tickettyp, ticketart, type_de_ticket, tipo, typ"
    ),
    "problem": "problem_id, problem, related_problem, problem_number, problemnummer",
    "change": "rfc, change_request, related_change, change_id, change_number",
    "history": (
        "status_history, state_history, status_changes, status_log, history, statusverlauf, statushistorie, "
        "statushistory, verlauf, historie, historique_des_statuts, historique, historial, histórico"
    ),
}
"""Canonical column: what tools call it, the surest name first."""

LATE = {
    "case": "#, no, n, documentkey",
    "opened": (
        "request_time, request_date, start_date, start_time, start, début, date_de_début, "
        "date_de_la_demande, beginn, startdatum, fecha_de_inicio, data_de_início"
    ),
    "category": "case_reason, registered_for_actual_service",
    "impact": "impact_scope",
    "team": "admin_group, assigned_to_group",
    "person": "assigned_to_person, case_owner",
    "caller": "request_user, requested_by_person, requested_by",
    "channel": "case_origin",
    "kind": "case_record_type",
}
"""The same for names that mean it only where no other column does."""

CORES = {
    "time": (
        "updated, update, modified, modification, modify, mod, last mod, changed, change, last updated, "
        "last update, last modified, last modification, last changed, last change, geändert, "
        "zuletzt geändert, letzte änderung, aktualisiert, zuletzt aktualisiert, "
        "modifié, dernière modification, mise jour, dernière mise jour, "
        "modificado, actualizado, atualizado"
    ),
    "opened": (
        "opened, open, opening, created, create, creation, submitted, submit, submission, reported, "
        "registered, logged, raised, received, erstellt, erstellung, eröffnet, eröffnung, erfasst, angelegt, "
        "gemeldet, créé, création, ouvert, ouverture, soumis, déclaré, creado, creación, abierto, apertura, "
        "criado, criação, aberto, abertura"
    ),
    "resolved": (
        "resolved, resolve, resolution, last resolved, solved, solve, restored, fixed, completed, "
        "completion, finished, done, gelöst, lösung, behoben, behebung, erledigt, résolu, résolution, "
        "resuelto, resolución, resolvido, resolução, solucionado"
    ),
    "closed": (
        "closed, close, closure, closing, geschlossen, schließung, abgeschlossen, abschluss, beendet, clos, "
        "clôturé, clôture, fermé, fermeture, cerrado, cierre, fechado, fechamento, encerrado, encerramento"
    ),
}
"""Columns with times: what is left of their names without the words of ``AROUND``."""

AROUND = (
    "at on in date time timestamp datetime day the of ticket incident case issue request am um datum zeit "
    "zeitpunkt uhrzeit vorgang le la l de du d des à heure el fecha hora data em do da"
)
"""Words in the names of columns with times that say nothing about which times these are."""

PRIORITIES = {
    1: (
        "critical, highest, blocker, urgent, emergency, very high, showstopper, immediate, kritisch, "
        "sehr hoch, höchste, dringend, critique, urgente, très haute, muy alta, muito alta, crítica, crítico"
    ),
    2: "high, major, important, hoch, haute, élevée, alta, alto",
    3: "moderate, medium, normal, average, standard, middle, mittel, moyenne, normale, media, média, médio",
    4: (
        "low, lowest, minor, trivial, planning, very low, none, niedrig, sehr niedrig, gering, basse, "
        "très basse, faible, baja, muy baja, baixa, muito baixa, baixo"
    ),
}

KEPT = {
    True: (
        "true, yes, y, 1, met, kept, achieved, within sla, in sla, within time limit, within target, "
        "within the target, on time, ok, ja, eingehalten, oui, "
        "respecté, sí, sim"
    ),
    False: (
        "false, no, n, 0, missed, not met, failed, breached, violated, sla violated, sla breached, overdue, "
        "late, nein, nicht eingehalten, verletzt, überschritten, non, non respecté, dépassé, não"
    ),
}
"""Whether a service level is kept, by the words for it."""


def plain(name: object) -> str:
    """A name without case, accents, spaces and punctuation: ``Priorité`` and ``priorite`` agree."""
    return "".join(letter for letter in unaccented(name) if letter.isalnum())


def unaccented(text: object) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", str(text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words_of(name: str) -> list[str]:
    """Words of the name of a column: ``Created Date``, ``createdDate`` and ``created-date`` have the same.

    What stands in brackets (a unit, a zone) is none of them.
    """
    bare = re.sub(r"\([^)]*\)", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    return re.findall(r"[^\W_]+", unaccented(bare))


def core(name: str) -> str:
    """What is left of the name of a column with times, without words that all of them have."""
    return " ".join(word for word in words_of(name) if word not in _AROUND)


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern for text without accents."""
    return re.compile(unaccented(text))


OURS = _pattern(
    r"assign|dispatch|triage|for (the )?(support|agent|technician|help ?desk|service ?desk)|zuweis|zuteil|"
    r"affectation|attribution|asignacion|atribuicao"
)
"""In the name of a state: the ticket waits for those who work on it, which is their queue."""

WAITING = _pattern(
    r"await|wait|pend|on[ _-]?hold|suspend|paused|parked|stalled|\bhold\b|\bwart|rückfrage|angehalten|"
    r"zurückgestellt|ausgesetzt|ruhend|attente|suspendu|espera|aguard"
)
FOR_USER = _pattern(
    r"user|caller|customer|client|requester|requestor|reporter|submitter|info|reply|response|feedback|"
    r"anwender|benutzer|nutzer|kunde|melder|rückmeldung|rückfrage|antwort|utilisateur|demandeur|appelant|"
    r"réponse|usuario|usuário|cliente|respuesta|resposta"
)
ON_HOLD = _pattern(
    r"^(on[ _-]?hold|pending|waiting|wartend|en attente|pendiente|pendente|em espera|en espera)$"
)
RESOLVED = _pattern(
    r"^(?!.*(un|not |nicht|non |re-?open)).*\b(resolved?|solved?|fixed|restored|done|completed?|finished|"
    r"gelöst|behoben|erledigt|résolue?|resuelt[oa]|resolvid[oa]|solucionad[oa])\b"
)
CLOSED = _pattern(
    r"^(?!.*re-?open).*\b(closed?|cancell?ed|rejected|withdrawn|archived|geschlossen|abgeschlossen|storniert|"
    r"abgebrochen|abgelehnt|zurückgezogen|close|clos|clôturée?|fermée?|annulée?|rejetée?|cerrad[oa]|"
    r"cancelad[oa]|fechad[oa]|encerrad[oa])\b"
)
REQUESTS = _pattern(
    r"\brequests?\b|\banforderung|\banfrage|service ?auftrag|\bdemande|\bsolicitud|\bsolicitação"
)
"""In a kind of ticket: a service request."""

WORDS = {name: [word.strip() for word in words.split(",")] for name, words in COLUMNS.items()}
MISSED = {"overduestatus", "slaviolated", "slabreached", "slaviolation", "hasbreached", "slaverletzt"}
"""Columns, as ``plain`` writes them, in which `yes` says that the service level was missed."""
_LATE = {name: [word.strip() for word in words.split(",")] for name, words in LATE.items()}
_NAMING = {"name", "nom", "complet", "full", "friendlyname"}
"""Words at the end of a name of a column that say how it is written: ``Team->Full name`` is the team."""

_AROUND = set(unaccented(AROUND).split())
_CORES = {name: {word.strip() for word in unaccented(words).split(",")} for name, words in CORES.items()}
_KEPT = {word.strip(): kept for kept, words in KEPT.items() for word in unaccented(words).split(",")}
_PRIORITY = {
    word.strip(): rank for rank, words in PRIORITIES.items() for word in unaccented(words).split(",")
}


def by_synonym(canonical: str, present: Iterable[str]) -> str | None:
    """The column that is most likely the canonical one."""
    return next(iter(all_by_synonym(canonical, present)), None)


def all_by_synonym(canonical: str, present: Iterable[str]) -> list[str]:
    """Columns that may be the canonical one by their names, the surest first."""
    columns = list(present)
    known = {plain(column) or column.strip(): column for column in reversed(columns)}
    bare = {unnamed(column): column for column in reversed(columns)}
    late = _LATE.get(canonical, [])
    exact = [known[plain(word)] for word in WORDS[canonical] if plain(word) in known]
    cores = [column for column in columns if core(column) in _CORES.get(canonical, ())]
    called = [bare[plain(word)] for word in WORDS[canonical] if plain(word) in bare]
    others = [known[plain(word) or word] for word in late if (plain(word) or word) in known]
    return list(dict.fromkeys([*exact, *cores, *called, *others]))


def unnamed(column: str) -> str:
    """The name of a column, as ``plain`` writes it, without words at its end that say how it is written."""
    words = words_of(column)
    while len(words) > 1 and words[-1] in _NAMING:
        words.pop()
    return "".join(words)


def kind_of_state(state: str) -> str | None:
    """``user_wait``, ``other_wait``, ``resolved`` or ``closed``, if the name of a state says so."""
    word = " ".join(unaccented(state).replace("_", " ").split())
    if WAITING.search(word):
        if OURS.search(word) and not FOR_USER.search(word):
            return None
        return "user_wait" if FOR_USER.search(word) or ON_HOLD.match(word) else "other_wait"
    if RESOLVED.search(word):
        return "resolved"
    return "closed" if CLOSED.search(word) else None


def worded_priority(value: str) -> int | None:
    """1 (highest) to 4, if a word behind a digit says so."""
    word = " ".join(unaccented(value).split())
    return _PRIORITY.get(re.sub(r"^[\d\W_]+", "", word)) if word[:1].isdigit() else None


def rank_of_priority(value: str) -> int | None:
    """1 (highest) to 4, if the value says so by a digit or a word."""
    word = " ".join(unaccented(value).split())
    digit = re.match(r"(?:p|sev|prio|priority)?[ _-]?([1-5])\b", word)
    if digit:
        return min(4, int(digit.group(1)))
    bare = re.sub(r"^[\d\W_]+", "", word)
    return _PRIORITY.get(bare) or _PRIORITY.get(bare.removesuffix("priority").strip(" _-"))


def kept_of(value: str) -> bool | None:
    """Whether a service level was kept, if the value says so."""
    return _KEPT.get(" ".join(unaccented(value).split()))
