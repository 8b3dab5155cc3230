"""Yearly and other series of a country."""

from schemas import fields
from schemas.base import Source


class Indicator(Source):
    """One row per country, indicator, period and counterpart."""

    iso3: fields.Cells = fields.iso3("The country.", key=True)
    indicator: fields.Cells = fields.code(
        "What is measured; base and currency are part of the code.", key=True, example="public_debt_pct_gdp"
    )
    period: fields.Cells = fields.edtf("Year or date the value is for.", key=True, example="2023")
    counterpart: fields.Cells = fields.iso3(
        "The other country, where the indicator is about a pair; else empty.", key=True, required=False
    )
    value: fields.Cells = fields.quantity(
        "The value, in the unit given.", "as the column unit says", whole=False, example="61.5"
    )
    unit: fields.Cells = fields.code("Unit of the value.", example="pct_gdp")
