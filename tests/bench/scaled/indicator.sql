-- One row per country, series and year; a series stays near its level.
SELECT
    nation_at(i % n_of('nation')) AS iso3,
    'series_' || (i // n_of('nation') // 30) || '_pct_gdp' AS indicator,
    1995 + i // n_of('nation') % 30 AS period,
    CAST(round(1 + pick(i % n_of('nation'), i // n_of('nation') // 30, 60) * (1 + pick(i, 2, 30) / 100), 2) AS VARCHAR) AS value,
    'pct_gdp' AS unit,
    cite_of(i, 1 + pick(i, 3, 2), 0) AS cite
FROM range(n_of('indicator')) t(i)
ORDER BY iso3, indicator, period
