"""The workbook: live formulas for everything from the cash flows on."""
