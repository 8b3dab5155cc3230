-- line: Defence expenditure of the six, per cent of GDP
SELECT iso3 AS series, period_earliest AS x, value AS y
FROM indicator
WHERE indicator = 'defence_expenditure_pct_gdp' AND value IS NOT NULL AND period_earliest IS NOT NULL
    AND iso3 IN ('ALB', 'BIH', 'MKD', 'MNE', 'SRB', 'XKX')
ORDER BY series, x
