(() => {
  var __defProp = Object.defineProperty;
  var __export = (target2, all) => {
    for (var name in all)
      __defProp(target2, name, { get: all[name], enumerable: true });
  };

  // src/turns.js
  function turns() {
    let last = 0;
    return () => {
      const mine = ++last;
      return () => mine === last;
    };
  }

  // src/release.js
  var kept = /* @__PURE__ */ new Map();
  function block(id) {
    if (!kept.has(id)) kept.set(id, unpacked(id));
    return kept.get(id);
  }
  async function unpacked(id) {
    const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }
  function rows(name) {
    const id = `rows-${name}`;
    if (!kept.has(id)) kept.set(id, document.getElementById(`table-${name}`) ? asRows(name) : Promise.resolve([]));
    return kept.get(id);
  }
  async function asRows(name) {
    const columns2 = Object.entries(await block(`table-${name}`));
    const count2 = columns2[0]?.[1].length ?? 0;
    return Array.from(
      { length: count2 },
      (_, i) => Object.fromEntries(columns2.map(([column, cells]) => [column, cells[i]]))
    );
  }
  async function tables(...names3) {
    const all = await Promise.all(names3.map(rows));
    return Object.fromEntries(names3.map((name, i) => [name, all[i]]));
  }
  var about = null;
  async function start() {
    about = await block("about");
    for (const [name, table] of Object.entries(about.tables)) {
      table.name = name;
      table.column = new Map(table.columns.map((column) => [column.name, column]));
      table.isClaimed = table.columns.some((column) => isCounted(column.name));
    }
    const all = Object.values(about.tables);
    const targets = new Set(all.flatMap((table) => table.columns.map((column) => column.target)));
    for (const table of all) table.isNamed = table.key.length === 1 && (table.isClaimed || targets.has(table.name));
  }
  var columnOf = (table, name) => about.tables[table]?.column.get(name);
  var isCounted = (name) => ["n_claims", "disputed"].includes(name);
  var leftOut = () => Object.values(about.tables).filter((table) => table.left_out);

  // src/dom.js
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === null || value === void 0 || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== void 0 && child !== false)
    );
    return element;
  }
  function outward(address, text2) {
    if (!/^https?:\/\//i.test(address ?? "")) return text2;
    return h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text2);
  }
  var scroller = (content, label) => h(
    "div",
    {
      class: "scroll",
      ...content.querySelector("a, button, input") ? {} : { tabindex: "0", role: "group", "aria-label": label }
    },
    content
  );
  var replace = (parent, ...children) => parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
  function choice(label, options, value, chosen) {
    const select = h(
      "select",
      { onchange: () => chosen(select.value) },
      options.map(([one, text2]) => h("option", { value: one }, text2))
    );
    select.value = value;
    return h("label", {}, `${label} `, select);
  }
  var serial = 0;
  var freshId = (stem) => `${stem}-${++serial}`;

  // src/order.js
  var { compare } = new Intl.Collator("en", { numeric: true });

  // src/route.js
  var legible = (text2) => encodeURIComponent(text2).replace(/%(3D|7C|3A|2C|40)/g, decodeURIComponent);
  function to(parts7, settings8 = {}) {
    const query = Object.entries(settings8).filter(([, value]) => value !== null && value !== void 0 && value !== "");
    const asked = query.map(([name, value]) => `${legible(name)}=${legible(`${value}`)}`).join("&");
    return `#/${parts7.map(legible).join("/")}${asked ? `?${asked}` : ""}`;
  }
  var toFact = (table, key, column) => to(["table", table, key, ...column ? [column] : []]);
  var toRows = (table, values3) => to(
    ["table", table],
    Object.fromEntries(Object.entries(values3).map(([column, value]) => [`f.${column}`, `=${value}`]))
  );
  function parsed(hash) {
    const [path, query = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
    try {
      const parts7 = path.split("/").filter(Boolean).map(decodeURIComponent);
      return { parts: parts7, settings: Object.fromEntries(new URLSearchParams(query.replace(/\+/g, "%2B"))) };
    } catch {
      return null;
    }
  }
  function remember(parts7, settings8) {
    const now = parsed(location.hash)?.parts ?? [];
    if (parts7.some((part, i) => part !== now[i])) return;
    history.replaceState(history.state, "", to(parts7, settings8));
  }

  // src/text.js
  var SIGNS = { approx: "~", more_than: ">", at_least: "≥", less_than: "<", at_most: "≤" };
  var WORDS = {
    exact: "stated exactly",
    approx: "approximate",
    more_than: "a lower bound, not included",
    at_least: "a lower bound",
    less_than: "an upper bound, not included",
    at_most: "an upper bound",
    range: "a range"
  };
  var numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });
  var number = (value) => numbers.format(value);
  function quantity(row, name) {
    const { [name]: best, [`${name}_low`]: low, [`${name}_high`]: high, [`${name}_qualifier`]: how } = row;
    if (how === "range") return `${number(low)}–${number(high)}`;
    const value = best ?? low ?? high;
    return value === null || value === void 0 ? "" : `${SIGNS[how] ?? ""}${number(value)}`;
  }
  var howKnown = (qualifier) => WORDS[qualifier] ?? "";
  var words = (code) => `${code ?? ""}`.replaceAll("_", " ");
  var CODE = /\b[a-z0-9]+(?:_[a-z0-9]+)+\b/g;
  var CODED = /^[a-z0-9]+(?:_[a-z0-9]+)+(?:$|[ :])|^[a-z0-9][a-z0-9+ -]*: /;
  var read = (value) => typeof value === "string" && CODED.test(value) ? value.replace(CODE, (code) => words(code)) : value;
  var capital = (text2) => text2.charAt(0).toUpperCase() + text2.slice(1);
  var isQuantity = (table, name) => columnOf(table, `${name}_qualifier`) !== void 0;
  var isExpansion = (column) => column.field !== column.name;
  var isShort = (label) => typeof label === "string" && /^\S{1,16}$/.test(label);
  var asText = (value) => value === null || value === void 0 ? "" : Array.isArray(value) ? value.join("; ") : `${value}`;
  function shown(table, name, row) {
    if (isQuantity(table, name)) return quantity(row, name);
    const value = row[name];
    if (typeof value === "boolean") return value ? "yes" : "no";
    return typeof value === "number" && columnOf(table, name).type === "DOUBLE" ? number(value) : asText(Array.isArray(value) ? value.map(read) : read(value));
  }
  var MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  ];
  function dateWords(written2) {
    if (!written2) return "";
    if (written2.includes("/"))
      return written2.split("/").map((end) => end === ".." ? "open" : dateWords(end)).join(" to ");
    const [, year, month, day3, sign] = /^([\dX]{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$/.exec(written2) ?? [];
    if (!year) return written2;
    const decade = year.includes("X") ? `the ${year.replaceAll("X", "0")}s` : year;
    const text2 = [day3 && Number(day3), month && MONTHS[month - 1], decade].filter(Boolean).join(" ");
    return { "~": `about ${text2}`, "?": `${text2} (uncertain)`, "%": `about ${text2} (uncertain)` }[sign] ?? text2;
  }
  var plural = (count2, one, many = `${one}s`) => `${number(count2)} ${count2 === 1 ? one : many}`;

  // src/names.js
  var PAGES = ["country", "mission", "threat", "document"];
  var known = /* @__PURE__ */ new Map();
  var note = "";
  async function loadNames() {
    for (const { name, key } of Object.values(about.tables).filter((table) => table.isNamed))
      known.set(name, new Map((await rows(name)).map((row) => [row[key[0]], row])));
    note = things("country").map((row) => row.status_note).find(Boolean) ?? "";
  }
  var starred = (text2) => text2.replace(/\bKosovo\b(?!\*)/g, "Kosovo*");
  var statusNote = () => note;
  var thing = (table, id) => known.get(table)?.get(id);
  var things = (table) => [...known.get(table)?.values() ?? []];
  function nameOf(table, id) {
    const row = thing(table, id);
    if (!row) return id ?? "";
    const ours = row.short_name ?? row.name ?? row.statement;
    if (!ours && row.party_a) return `${partyName(row.party_a)} and ${partyName(row.party_b)}: ${words(row.kind)}`;
    if (!ours) return row.title ?? id;
    return table === "country" && row.status_note ? `${ours}*` : starred(ours);
  }
  var fullName = (table, id) => starred(thing(table, id)?.name ?? nameOf(table, id));
  function withNames(text2) {
    const [, ids, rest] = /^([a-z0-9-]+(?: \+ [a-z0-9-]+)*)(: .*)$/s.exec(text2) ?? [];
    return ids ? `${ids.split(" + ").map(nameOfAny).join(" + ")}${rest}` : text2;
  }
  var nameOfAny = (id) => nameOf(["organisation", "mission"].find((table) => thing(table, id)) ?? "actor", id);
  var isParty = (column) => ["party_a", "party_b", "subject", "funders"].includes(column);
  var partyName = (id) => nameOf(partyKind(id) ?? "actor", id);
  var partyKind = (id) => ["country", "organisation", "actor"].find((table) => thing(table, id));
  var pageOf = (table, row) => PAGES.includes(table) ? to([table, row[about.tables[table].key[0]]]) : null;
  var toThing = (table, id) => PAGES.includes(table) ? to([table, id]) : toFact(table, `${about.tables[table].key[0]}=${id}`);
  var thingLink = (table, id, text2) => thing(table, id) ? h("a", { href: toThing(table, id) }, text2 ?? nameOf(table, id)) : text2 ?? id ?? "";
  var six = () => things("country").filter((row) => row.is_wb6).sort((a, b) => compare(a.name, b.name));
  var isSix = (iso3) => thing("country", iso3)?.is_wb6 === true;

  // src/claims.js
  var index = null;
  async function indexed() {
    if (index) return index;
    const byRow = /* @__PURE__ */ new Map();
    for (const claim of await rows("claim")) {
      const row = `${claim.table_name}
${claim.row_key}`;
      if (!byRow.has(row)) byRow.set(row, []);
      byRow.get(row).push(claim);
    }
    return index = byRow;
  }
  var place = (claim) => [
    claim.is_published ? 0 : 1,
    claim.rank === "deprecated" ? 1 : 0,
    "ABCDEF".indexOf(gradeOf(claim)),
    -Date.parse(thing("document", claim.document_id)?.issued_earliest ?? "0000")
  ];
  function byStanding(one, other) {
    const [a, b] = [place(one), place(other)];
    const first = a.findIndex((value, i) => value !== b[i] && !(Number.isNaN(value) && Number.isNaN(b[i])));
    return first < 0 ? compare(one.document_id, other.document_id) : a[first] < b[first] ? -1 : 1;
  }
  async function claimsOf(table, key, column) {
    const all = (await indexed()).get(`${table}
${key}`) ?? [];
    return all.filter((claim) => !column || claim.column_name === column).sort(byStanding);
  }
  async function conflictOf(table, key, column) {
    return (await rows("conflict")).find((c) => c.table_name === table && c.row_key === key && c.column_name === column);
  }
  var gradeOf = (claim) => thing("document", claim.document_id)?.reliability ?? "F";
  var footnote = (documentId) => claimNote({ document_id: documentId });
  async function claimNote({ document_id, locator, origin_document_id }) {
    const notes = (await block("footnotes"))[document_id];
    return notes?.[locator ?? ""]?.[origin_document_id ?? ""] ?? notes?.[""]?.[""] ?? [document_id];
  }
  var withoutStop = (note2) => note2.map((text2, i) => i === note2.length - 1 ? text2.replace(/\.$/, "") : text2);
  function joined(notes, between) {
    return notes.reduce((all, note2) => {
      if (!all.length) return [...note2];
      const open2 = all.length % 2 === 1;
      return open2 ? [...all.slice(0, -1), `${all.at(-1)}${between}${note2[0]}`, ...note2.slice(1)] : [...all, `${between}${note2[0]}`, ...note2.slice(1)];
    }, []);
  }
  function citation() {
    const { publisher, title, licence } = about.dataset;
    return `${title.startsWith(publisher) ? "" : `${publisher}, `}${title}, version ${about.version} (${licence})`;
  }
  async function factNote(claims, table, key) {
    const standing2 = claims.filter((claim) => claim.is_published);
    const all = await Promise.all((standing2.length ? standing2 : claims).map(claimNote));
    const notes = [...new Map(all.map((note2) => [plain(note2), note2])).values()];
    const last = [`in ${citation()}, ${table}, ${key}.`];
    return joined([...notes.map(withoutStop), last], "; ");
  }
  var plain = (note2) => note2.join("");

  // src/copy.js
  var PAGE = "explorer.html";
  var ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  var escaped = (text2) => text2.replace(/[&<>]/g, (sign) => ESCAPES[sign]);
  async function copyNote(note2) {
    const text2 = note2.join("");
    const rich = note2.map((part, i) => i % 2 ? `<i>${escaped(part)}</i>` : escaped(part)).join("");
    try {
      const item = {
        "text/plain": new Blob([text2], { type: "text/plain" }),
        "text/html": new Blob([rich], { type: "text/html" })
      };
      await navigator.clipboard.write([new ClipboardItem(item)]);
    } catch {
      await copyText(text2);
    }
  }
  async function copyText(text2) {
    try {
      await navigator.clipboard.writeText(text2);
    } catch {
      const area = h("textarea", { class: "offscreen", "aria-hidden": "true" });
      area.value = text2;
      (document.querySelector("dialog[open]") ?? document.body).append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }
  function copyButton(label, content, title) {
    const said2 = h("span", { class: "said", role: "status" });
    const button = h("button", { type: "button", class: "small", title: title ?? null }, label);
    button.addEventListener("click", async () => {
      const what = await content();
      await (Array.isArray(what) ? copyNote(what) : copyText(what));
      said2.textContent = "Copied";
      setTimeout(() => said2.textContent = "", 2e3);
    });
    return h("span", { class: "copying" }, button, said2);
  }
  var noteText = (note2) => h(
    "span",
    { class: "note-text" },
    note2.map((part, i) => i % 2 ? h("i", {}, part) : part)
  );
  function permalink(address) {
    const page = location.protocol === "file:" ? PAGE : location.href.split("#")[0];
    return `${about.dataset.title}, version ${about.version}: ${page}${address}`;
  }
  var quoted = (cell3) => /[",\n\r]/.test(cell3) ? `"${cell3.replaceAll('"', '""')}"` : cell3;
  var asCsv = (columns2, rows2) => [columns2, ...rows2.map((row) => columns2.map((name) => asText(row[name])))].map((cells) => cells.map(quoted).join(",")).join("\n") + "\n";
  var asJson = (columns2, rows2) => `${JSON.stringify(
    rows2.map((row) => Object.fromEntries(columns2.map((name) => [name, row[name] ?? null]))),
    null,
    1
  )}
`;
  function download(name, type, text2) {
    const address = URL.createObjectURL(new Blob([text2], { type }));
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1e4);
  }

  // src/titles.js
  var tableTitle = (name) => about.tables[name]?.title ?? words(name);
  function columnTitle(table, name) {
    const { title, target: target2 } = columnOf(table, name) ?? {};
    if (title) return title;
    const [id, ...more] = about.tables[target2]?.key ?? [];
    const named2 = id && !more.length && name.endsWith(id) ? `${name.slice(0, -id.length)}${target2}` : name;
    return words(named2.replace(/^n_/, "number of "));
  }
  var columnHint = (table, name) => {
    const description = columnOf(table, name)?.description;
    return description ? `${name}: ${description}` : name;
  };
  var named = (title, name) => title === name ? title : h("span", { title: name }, title);
  var tableName = (name) => named(tableTitle(name), name);
  var columnName = (table, name) => named(columnTitle(table, name), name);

  // src/claim_card.js
  var GRADES = () => columnOf("document", "reliability")?.codes ?? {};
  async function claimCard(claim) {
    const document2 = thing("document", claim.document_id);
    const standing2 = claim.is_published ? "published" : claim.rank === "deprecated" ? "deprecated" : "not published";
    const note2 = await claimNote(claim);
    const grade = gradeOf(claim);
    const origin = claim.origin_document_id && h("span", {}, "It rests on ", thingLink("document", claim.origin_document_id), ".");
    const lines = [
      [
        "Document",
        [
          thingLink("document", claim.document_id),
          document2?.publisher ? `, ${document2.publisher}` : "",
          document2?.issued ? `, ${dateWords(document2.issued)}` : ""
        ]
      ],
      [
        "Passage",
        [
          claim.locator ?? (document2?.url ? "the page as a whole" : "not stated"),
          document2?.url ? [" · ", outward(document2.url, "open the source")] : null
        ]
      ],
      origin && ["Origin", origin],
      ["Reliability", `${grade}: ${GRADES()[grade] ?? ""}`],
      [
        "Agreement",
        claim.corroboration > 1 ? `${claim.corroboration} documents say this` : "no other document says this"
      ],
      [
        "In its text",
        {
          found: "figure, year and country were found in the passage",
          not_found: "not all found in the passage",
          not_checked: "not checked by machine"
        }[claim.evidence]
      ],
      claim.rank !== "normal" && ["Rank", `${claim.rank}: ${claim.rank_reason ?? ""}`],
      claim.note && ["Note", claim.note],
      ["Written in", `${claim.source_file}, line ${claim.source_line}; since release ${claim.first_release}`]
    ];
    return h(
      "article",
      { class: `claim ${standing2.replace(" ", "-")}` },
      h(
        "header",
        {},
        h("strong", {}, claim.value === null ? "(that the row exists)" : named(read(claim.value), claim.value)),
        h("span", { class: "badge" }, standing2),
        h("span", { class: "badge grade", title: GRADES()[grade] }, `grade ${grade}`)
      ),
      h(
        "dl",
        {},
        lines.filter(Boolean).map(([name, text2]) => [h("dt", {}, name), h("dd", {}, text2)])
      ),
      h("p", { class: "note" }, noteText(note2)),
      copyButton("Copy this footnote", async () => note2)
    );
  }

  // src/vendor.js
  var { Plot, createTable, getCoreRowModel, getFilteredRowModel, getPaginationRowModel, getSortedRowModel } = globalThis.vendor;

  // src/cutoff.js
  var isAfter = (row, name) => (row[`${name}_earliest`] ?? "") > about.as_of;
  function isLate(row) {
    const days2 = Object.keys(row).filter((name) => name.endsWith("_earliest") && row[name]).map((name) => row[name]);
    return days2.length > 0 && days2.every((day3) => day3 > about.as_of);
  }
  var AFTER = "after the cut-off date";
  var afterMeans = () => `Evidence that is dated after ${dateWords(about.as_of)}, the cut-off date, is kept and marked “${AFTER}”; what is called current is so as of that day.`;
  var mark = () => h("small", { class: "after", title: afterMeans() }, AFTER);
  var markedDate = (row, name, content) => isAfter(row, name) ? [content, " ", mark()] : content;
  var markedRow = (row, content) => isLate(row) ? [content, " ", mark()] : content;
  var lateWords = (row) => isLate(row) ? `
${AFTER}` : "";
  function cutoffLine(rows2) {
    if (!rows2.some(isLate)) return [];
    const at = [/* @__PURE__ */ new Date(`${about.as_of}T00:00:00Z`)];
    return [
      Plot.ruleX(at, { stroke: "var(--soft)", strokeDasharray: "3 3" }),
      Plot.text(at, { text: () => "cut-off", frameAnchor: "top", x: (d) => d, dx: -4, textAnchor: "end", dy: -2 })
    ];
  }

  // src/keys.js
  var keyOf = (table, row) => about.tables[table].key.map((name) => `${name}=${asText(row[name])}`).join("|");
  var found = /* @__PURE__ */ new Map();
  async function rowOf(table, key) {
    if (!found.has(table)) found.set(table, new Map((await rows(table)).map((row) => [keyOf(table, row), row])));
    return found.get(table).get(key);
  }
  function partsOf(table, key) {
    const names3 = about.tables[table]?.key ?? [];
    const values3 = new RegExp(`^${names3.map((name) => `${name}=(.*)`).join("\\|")}$`, "s").exec(key)?.slice(1);
    if (values3?.length) return names3.map((name, i) => [name, values3[i]]);
    return key.split("|").map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]);
  }
  var keyWords = (table, key) => partsOf(table, key).map(([, value]) => value).filter(Boolean).join(", ");

  // src/origins.js
  async function origins(table, row, column) {
    const found2 = column ? await ofColumn(table, row, column) : [];
    return found2.length ? found2 : (await byKey(row)).filter((one) => one.rows.length);
  }
  async function ofColumn(table, row, column) {
    const { from = [], target: target2 } = columnOf(table, column) ?? {};
    const { key } = about.tables[table];
    const ties = (t) => target2 && key.every((name) => t.key.includes(name)) && t.key.some((name) => columnOf(t.name, name).target === target2);
    const sources = Object.values(about.tables).filter(
      (t) => t.isClaimed && (ties(t) || from.some((origin) => origin.startsWith(`${t.name}.`)))
    );
    const said2 = /* @__PURE__ */ new Set([...column.split("_"), ...asText(row[column]).split(/[\s:;()]+/)]);
    const found2 = sources.map(async (t) => {
      const own2 = from.filter((origin) => origin.startsWith(`${t.name}.`)).map((origin) => origin.split(".")[1]);
      const shared = t.key.filter((name) => key.includes(name));
      const all = (await rows(t.name)).filter((one) => shared.every((name) => asText(one[name]) === asText(row[name])));
      return { table: t.name, rows: narrowed(t, all, /* @__PURE__ */ new Set([...t.key, ...own2]), said2, shared) };
    });
    return (await Promise.all(found2)).filter((one) => one.rows.length);
  }
  function narrowed(t, all, names3, said2, shared) {
    let [left, isTied] = [all, shared.length > 0];
    for (const name of names3) {
      const { target: target2, codes } = columnOf(t.name, name);
      if (shared.includes(name) || !(target2 || codes || t.key.join() === name)) continue;
      const named2 = left.filter((one) => [one[name]].flat().some((value) => said2.has(`${value}`)));
      if (named2.length) [left, isTied] = [named2, true];
    }
    return isTied ? left : [];
  }
  async function byKey(row) {
    if (row.table && row.key) return [{ table: row.table, rows: [await rowOf(row.table, row.key)].filter(Boolean) }];
    const holders = Object.values(about.tables).filter((t) => t.isClaimed && t.key.every((name) => name in row));
    return Promise.all(
      holders.map(async (t) => ({ table: t.name, rows: [await rowOf(t.name, keyOf(t.name, row))].filter(Boolean) }))
    );
  }

  // src/facts.js
  function valueLink(table, row, column, text2) {
    const label = text2 ?? shown(table, column, row);
    if (label === "") return "";
    const field = isOfRow(table, column) ? void 0 : columnOf(table, column)?.field ?? column;
    return h(
      "a",
      {
        class: isShort(label) ? "value short" : "value",
        href: toFact(table, keyOf(table, row), field),
        "data-panel": true
      },
      label
    );
  }
  var isOfRow = (table, column) => about.tables[table].key.includes(column) || isCounted(column);
  var rowLink = (table, row, text2) => h("a", { class: "value", href: toFact(table, keyOf(table, row)), "data-panel": true }, text2);
  async function factParts(table, key, column, inPanel) {
    const row = await rowOf(table, key);
    const claims = await claimsOf(table, key, column);
    if (!row && !claims.length) return null;
    const title = `${rowTitle(table, key)}${column ? `: ${columnTitle(table, column)}` : ""}`;
    const body = [
      h(
        "p",
        { class: "where" },
        h("a", { href: to(["table", table]), title: table }, tableTitle(table)),
        " · ",
        h("code", {}, key)
      ),
      isRefused(row, claims, column) ? h("p", { class: "warn" }, "Nothing is published here: every claim on it is deprecated.") : null,
      row && isLate(row) ? h("p", { class: "warn" }, `This is dated ${AFTER}. ${afterMeans()}`) : null,
      row && (column ? valueBlock(table, row, column) : rowBlock(table, row)),
      await tools(table, key, column, claims, inPanel),
      column ? await why(table, key, column, claims) : null,
      await claimBlocks(table, claims, column),
      row && !about.tables[table].isClaimed ? await originBlock(table, row, column) : null
    ];
    return { title, body: body.filter(Boolean), isQuoted: true };
  }
  var isRefused = (row, claims, column) => !row || column && claims.length > 0 && !claims.some((c) => c.is_published);
  function rowTitle(table, key) {
    const parts7 = partsOf(table, key);
    const called = ([name, value]) => {
      const target2 = columnOf(table, name)?.target ?? (parts7.length === 1 ? table : null);
      return target2 && thing(target2, value) ? nameOf(target2, value) : words(value);
    };
    return parts7.map(called).filter(Boolean).join(", ") || keyWords(table, key);
  }
  function valueBlock(table, row, column) {
    const value = shown(table, column, row);
    const known3 = howKnown(row[`${column}_qualifier`]);
    const { description = "", unit, codes } = columnOf(table, column) ?? {};
    const meaning = codes?.[row[column]];
    const said2 = [
      known3 && `${capital(known3)}.`,
      meaning,
      description.replace(/ (The best value; empty for a bare bound or a range|EDTF, as written)\.$/, "")
    ];
    return h(
      "div",
      { class: "figure-value" },
      h(
        "p",
        { class: value.length > 40 ? "big long" : "big" },
        value || "not recorded",
        unit && value ? h("small", {}, ` ${unit}`) : null
      ),
      h("p", { class: "muted" }, said2.filter(Boolean).join(" "))
    );
  }
  function rowBlock(table, row) {
    const columns2 = about.tables[table].columns.filter((c) => !isExpansion(c) && shown(table, c.name, row) !== "");
    const page = pageOf(table, row);
    return h(
      "div",
      { class: "scroll" },
      page ? h("p", {}, h("a", { href: page }, "Its page")) : null,
      h(
        "table",
        { class: "facts" },
        h(
          "tbody",
          {},
          columns2.map(
            (c) => h(
              "tr",
              {},
              h("th", { scope: "row", title: columnHint(table, c.name) }, columnTitle(table, c.name)),
              h("td", {}, isOfRow(table, c.name) ? shown(table, c.name, row) : valueLink(table, row, c.name))
            )
          )
        )
      )
    );
  }
  async function tools(table, key, column, claims, inPanel) {
    const address = toFact(table, key, column);
    return h(
      "div",
      { class: "tools" },
      claims.length ? copyButton(
        "Copy footnote",
        () => factNote(claims, table, key),
        "Chicago style: the documents behind the value, and its place in this release"
      ) : null,
      copyButton("Copy permalink", async () => permalink(address)),
      inPanel ? h("a", { href: address, class: "page-link" }, "Open as a page") : null
    );
  }
  async function why(table, key, column, claims) {
    if (!claims.length) return null;
    const conflict = await conflictOf(table, key, column);
    const documents = new Set(claims.map((claim) => claim.document_id)).size;
    const agreed = documents === 1 ? "One document says so, and none says otherwise." : `${plural(documents, "document")} say so, and none says otherwise.`;
    const text2 = conflict ? conflict.reason ?? `Decided by: ${words(conflict.decided_by)}.` : agreed;
    return h(
      "div",
      { class: conflict ? "why disputed" : "why" },
      h("h3", {}, conflict ? "Documents differ. Why this value?" : "Why this value?"),
      h("p", {}, text2),
      conflict?.only_precision ? h("p", { class: "muted" }, "They differ only in how exact a date they give.") : null
    );
  }
  async function claimBlocks(table, claims, column) {
    if (!claims.length) return null;
    const groups = Map.groupBy(claims, (claim) => claim.column_name ?? "");
    const cards = (list4) => Promise.all(list4.map(claimCard));
    if (column) return h("section", {}, h("h3", {}, "Who says what"), await cards(claims));
    const sections = [...groups].map(
      async ([name, list4]) => h(
        "details",
        {},
        h(
          "summary",
          {},
          name ? columnName(table, name) : "the row itself",
          h("span", { class: "muted" }, ` ${plural(list4.length, "claim")}`)
        ),
        await cards(list4)
      )
    );
    return h("section", {}, h("h3", {}, "Who says what, column by column"), await Promise.all(sections));
  }
  async function originBlock(table, row, column) {
    const found2 = await origins(table, row, column);
    if (!found2.length) return null;
    const lists = found2.map(async ({ table: from, rows: own2 }) => [
      h("h4", {}, tableName(from)),
      h(
        "ul",
        {},
        own2.slice(0, 40).map((one) => h("li", {}, rowLink(from, one, rowTitle(from, keyOf(from, one)))))
      ),
      own2.length > 40 ? h("p", { class: "muted" }, `and ${own2.length - 40} more`) : null
    ]);
    return h(
      "section",
      {},
      h("h3", {}, "Computed from"),
      h("p", { class: "muted" }, "This table is computed; what was read in documents stands in these rows."),
      await Promise.all(lists)
    );
  }

  // src/panel.js
  var dialog = null;
  function built() {
    const heading2 = h("h2", { id: "panel-title", tabindex: "-1" });
    const content = h("div", { class: "panel-content" });
    const close = h(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() },
      "×"
    );
    dialog = h(
      "dialog",
      { class: "panel", "aria-labelledby": "panel-title" },
      h("div", { class: "panel-head" }, heading2, close),
      content
    );
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => history.state?.panel && history.back());
    addEventListener("popstate", () => !history.state?.panel && dialog.open && dialog.close());
    document.body.append(dialog);
    return { heading: heading2, content };
  }
  var parts = null;
  var begin = turns();
  async function openPanel(table, key, column) {
    const isLast = begin();
    parts ??= built();
    const fact = await factParts(table, key, column, true);
    if (!isLast()) return;
    parts.heading.textContent = fact ? fact.title : "Not in this release";
    replace(
      parts.content,
      fact?.body ?? [h("p", {}, `${table} has no row ${key}.`)],
      h("p", { class: "status-note" }, `* Kosovo: ${statusNote()}`)
    );
    if (!dialog.open) {
      history.pushState({ panel: true }, "");
      dialog.showModal();
    }
    dialog.scrollTop = 0;
    parts.heading.focus();
  }
  function closePanel() {
    begin();
    if (dialog?.open) dialog.close();
  }
  var target = (link2) => link2.getAttribute("href") ?? link2.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
  function listen() {
    document.addEventListener("click", (event) => {
      const link2 = event.target.closest?.("a");
      if (!link2 || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      const isFact = link2.hasAttribute("data-panel") || link2.closest("svg");
      const [view14, table, key, column] = parsed(target(link2))?.parts ?? [];
      if (isFact && view14 === "table" && key) {
        event.preventDefault();
        openPanel(table, key, column);
      } else if (link2.closest("dialog") && target(link2).startsWith("#")) closePanel();
    });
  }

  // src/navigation.js
  function navigation(views) {
    const list4 = h(
      "ul",
      {},
      views.map(([name, href]) => h("li", {}, h("a", { href }, name)))
    );
    const nav = h("nav", { "aria-label": "Views" }, list4);
    const cue = () => {
      nav.classList.toggle("more-before", list4.scrollLeft > 2);
      nav.classList.toggle("more-after", list4.scrollLeft + list4.clientWidth < list4.scrollWidth - 2);
    };
    list4.addEventListener("scroll", cue, { passive: true });
    new ResizeObserver(cue).observe(list4);
    return nav;
  }

  // src/theme.js
  var NEXT = { auto: "light", light: "dark", dark: "auto" };
  var KEPT = "wb6-theme";
  function kept2() {
    try {
      return localStorage.getItem(KEPT) ?? "auto";
    } catch {
      return "auto";
    }
  }
  function keep(theme) {
    try {
      localStorage.setItem(KEPT, theme);
    } catch {
    }
  }
  function themeButton() {
    let theme = kept2() in NEXT ? kept2() : "auto";
    const button = h("button", { type: "button", class: "theme" });
    const apply = () => {
      if (theme === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      button.textContent = `Theme: ${theme}`;
    };
    button.addEventListener("click", () => {
      theme = NEXT[theme];
      keep(theme);
      apply();
    });
    apply();
    return button;
  }

  // src/frame.js
  var VIEWS = [
    ["Overview", "#/"],
    ["Map", "#/map"],
    ["Timeline", "#/timeline"]
  ];
  var MORE = [
    ["Missions", "#/missions"],
    ["Threats", "#/threats"],
    ["Countries", "#/countries"],
    ["Disagreements", "#/conflicts"],
    ["Changes", "#/changes"],
    ["Tables", "#/tables"],
    ["About", "#/about"]
  ];
  function frame(pinned) {
    const find = h(
      "form",
      { role: "search", class: "find" },
      h("input", { type: "search", name: "q", "aria-label": "Search everything", placeholder: "Search everything" }),
      h("button", { type: "submit" }, "Search")
    );
    find.addEventListener("submit", (event) => {
      event.preventDefault();
      location.hash = to(["search"], { q: new FormData(find).get("q") });
    });
    return [
      h(
        "a",
        {
          class: "skip",
          href: "#main",
          onclick: (event) => {
            event.preventDefault();
            document.querySelector("h1")?.focus();
          }
        },
        "Skip to the content"
      ),
      h(
        "header",
        { class: "top" },
        h(
          "div",
          { class: "brand" },
          h("a", { href: "#/" }, about.dataset.title),
          h(
            "span",
            { class: "version", title: afterMeans() },
            `version ${about.version}, as of ${dateWords(about.as_of)}`
          )
        ),
        find,
        themeButton(),
        navigation([...VIEWS, ...pinned, ...MORE])
      ),
      h("main", { id: "main" }, h("p", {}, "Opening the tables…")),
      h(
        "footer",
        {},
        h("p", { class: "status-note" }, `* Kosovo: ${statusNote()}`),
        h(
          "p",
          {},
          `${about.dataset.publisher}. ${about.dataset.title}, version ${about.version}. ${about.dataset.licence}. `,
          h("a", { href: "#/about" }, "How to cite, licences, how to read")
        )
      )
    ];
  }
  function lacking() {
    const listed = leftOut().map((table) => `${table.name} (${number(table.rows)} rows)`);
    if (!listed.length) return null;
    const said2 = `Too long for this page: ${listed.join(", ")}. The folders csv and parquet of the release hold them whole.`;
    return h("p", { class: "lacking" }, said2);
  }

  // src/unknown.js
  function unknowns() {
    const list4 = [];
    const say = (what, value, done = "it is left out") => list4.push(`${what} “${value}” is not known in release ${about.version}; ${done}.`);
    const oneOf = (what, value, known3) => {
      if (value === void 0 || value === "" || known3.includes(value)) return value;
      say(what, value);
      return void 0;
    };
    return { list: list4, say, oneOf };
  }
  function unused(view14, rest, settings8) {
    const { list: list4, say } = unknowns();
    const takes = view14.settings ?? [];
    for (const name of Object.keys(settings8))
      if (!takes.includes(name) && !takes.some((one) => one.endsWith(".") && name.startsWith(one)))
        say("The setting", name);
    for (const part of rest.slice(view14.parts ?? 0)) say("The part of the address", part);
    return list4;
  }
  var notice = (list4) => list4.length ? h(
    "div",
    { class: "notice", role: "status" },
    list4.map((text2) => h("p", {}, text2))
  ) : null;

  // src/views/changes.js
  var changes_exports = {};
  __export(changes_exports, {
    view: () => view
  });

  // src/plain_table.js
  var plainTable = (columns2, rows2, caption) => h(
    "table",
    { class: "plain" },
    caption ? h("caption", { class: "offscreen" }, caption) : null,
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns2.map(([name]) => h("th", { scope: "col" }, name))
      )
    ),
    h(
      "tbody",
      {},
      rows2.map(
        (row) => h(
          "tr",
          {},
          columns2.map(([, cell3]) => h("td", {}, cell3(row) ?? ""))
        )
      )
    )
  );

  // src/changes_folds.js
  var FEW = 8;
  var MOST = 400;
  function fold(kind, summary2, content) {
    const details = h("details", { class: kind }, h("summary", {}, summary2));
    details.addEventListener("toggle", () => details.childElementCount === 1 && details.append(content()));
    return details;
  }
  var firstOf = (list4, draw, way) => h(
    "div",
    {},
    draw(list4.slice(0, MOST)),
    list4.length > MOST ? h(
      "p",
      { class: "muted" },
      `The first ${MOST} of ${number(list4.length)}; `,
      h("a", { href: toRows("change", way) }, `all are in the table ${tableTitle("change")}`),
      "."
    ) : null
  );
  var fate = (list4) => list4.every((c) => c.old === null) ? " added" : list4.every((c) => c.new === null) ? " removed" : " changed";
  function folded(title, list4, columns2, what) {
    const tableOf = (some) => scroller(plainTable(columns2, some, title), title);
    const groups = [...Map.groupBy(list4, (c) => `${c.table}
${c.column ?? ""}`).values()];
    const many = groups.filter((own2) => own2.length > FEW).sort((a, b) => b.length - a.length);
    const few = groups.filter((own2) => own2.length <= FEW).flat();
    const label = ([{ table, column }]) => column ? `${tableTitle(table)}, ${columnTitle(table, column)}` : tableTitle(table);
    const count2 = (own2) => `${number(own2.length)} ${what}${what === "cells" ? fate(own2) : ""}`;
    const way = ([{ table, column, class: kind }]) => what === "cells" ? { table, ...column ? { column } : {}, class: kind } : { table: "claim" };
    return [
      many.map((own2) => fold("many", `${label(own2)}: ${count2(own2)}`, () => firstOf(own2, tableOf, way(own2)))),
      few.length ? firstOf(few, tableOf, {}) : null
    ];
  }

  // src/fact_link.js
  var factLink = (table, key, column, text2) => {
    const label = text2 ?? rowTitle(table, key);
    return label === "" ? "" : h("a", { class: "value", "data-panel": true, href: toFact(table, key, column ?? void 0) }, label);
  };

  // src/views/changes.js
  async function view() {
    const all = await rows("change");
    const { previous } = about;
    if (!all.length)
      return {
        title: "What changed",
        lead: previous ? `Nothing against release ${previous}.` : "This is the first release.",
        body: []
      };
    const found2 = told(all, new Map((await rows("claim")).map((claim) => [claim.claim_id, claim])));
    return {
      title: `What changed since ${previous ?? "the release before"}`,
      lead: "Every change with the reason for it, from the claims behind it.",
      body: [
        h("p", { class: "count" }, glance(found2)),
        ...Object.entries(about.sections).map(([name, title]) => SHOWN[name]?.(title, found2[name] ?? [])),
        h(
          "section",
          {},
          h("h2", {}, "Changed cells by table and reason"),
          h("p", { class: "muted" }, "Counts of claims and marks of dispute included."),
          scroller(summary(all), "Changed cells")
        ),
        h(
          "p",
          {},
          h(
            "a",
            { href: to(["table", "change"]) },
            `All ${number(all.length)} changed cells as a table to filter and download`
          )
        )
      ].filter(Boolean)
    };
  }
  var place2 = (c) => `${c.table}
${c.key}`;
  var isBound = (c) => {
    const column = columnOf(c.table, c.column);
    return column !== void 0 && isExpansion(column);
  };
  function told(all, claims) {
    const ofRows = all.filter((c) => c.key && c.table !== "claim");
    const whole = new Map(ofRows.filter((c) => !c.column).map((c) => [place2(c), { ...c, cells: [] }]));
    for (const c of ofRows) if (c.column) whole.get(place2(c))?.cells.push(c);
    const cells = ofRows.filter((c) => c.column && !whole.has(place2(c)) && !isCounted(c.column) && !isBound(c));
    const found2 = Object.groupBy([...cells, ...whole.values()], (c) => c.class);
    const ofTables = all.filter((c) => !c.key);
    const evidence = ofClaims(all, claims).filter((c) => !whole.has(place2(c)));
    return {
      ...found2,
      schema: [...ofTables.filter((c) => c.table !== "dataset"), ...found2.schema ?? []],
      dataset: ofTables.filter((c) => c.table === "dataset"),
      evidence: evidence.filter((c) => c.rank !== "deprecated"),
      rejected: evidence.filter((c) => c.rank === "deprecated")
    };
  }
  function ofClaims(all, claims) {
    const changed = Map.groupBy(
      all.filter((c) => c.table === "claim" && c.key && c.class !== "renamed"),
      (c) => c.key
    );
    return [...changed].map(([key, cells]) => {
      const gone2 = Object.fromEntries(cells.filter((c) => c.old !== null).map((c) => [c.column, c.old]));
      const claim = claims.get(partsOf("claim", key)[0][1]) ?? gone2;
      const kind = cells.find((c) => !c.column)?.class;
      const edits = cells.map(
        (c) => `${c.column ? columnTitle("claim", c.column) : ""}: ${c.old ?? "none"} → ${c.new ?? "none"}`
      );
      const what = { added: "one more claim", retracted: "one claim less" }[kind] ?? edits.join("; ");
      return { ...claim, table: claim.table_name, key: claim.row_key, column: claim.column_name, what };
    });
  }
  var isThere = (c) => about.tables[c.table] && c.key;
  var where = (c) => isThere(c) ? factLink(c.table, c.key) : c.key ?? "";
  var gone = (c) => h("code", {}, words(keyWords(c.table, c.key ?? "")));
  var text = (content) => h("span", { class: "breaks" }, content);
  var none = (text2) => h("span", { class: "muted" }, text2);
  var link = (c) => isThere(c) && about.tables[c.table].isClaimed ? factLink(c.table, c.key, c.column, read(c.new)) : read(c.new);
  var TABLE = ["Table", (c) => tableName(c.table)];
  var COLUMN = ["Column", (c) => c.column ? columnName(c.table, c.column) : ""];
  var BEFORE = ["Before", (c) => c.old === null ? none("not recorded") : text(read(c.old))];
  var NOW = ["Now", (c) => c.new === null ? none("none") : text(link(c))];
  var VALUES = [TABLE, ["Row", where], COLUMN, BEFORE, NOW];
  var SHAPE = [
    TABLE,
    ["Column", (c) => c.column ? columnName(c.table, c.column) : "the table itself"],
    ["Before", (c) => c.old ?? "–"],
    ["Now", (c) => c.new ?? "–"]
  ];
  var CLAIMS = [
    TABLE,
    ["Row", where],
    COLUMN,
    ["Says", (c) => c.value ? read(c.value) : none("that the row exists")],
    ["Document", (c) => c.document_id ? thingLink("document", c.document_id) : ""],
    ["What became of it", (c) => c.what]
  ];
  var ROWS = [
    TABLE,
    ["Row", gone],
    ["It said", (c) => text(c.cells.map((one) => `${columnTitle(c.table, one.column)} ${one.old}`).join("; "))]
  ];
  var values = (title, list4) => section(title, [
    [list4.filter((c) => c.column), VALUES, "cells"],
    [list4.filter((c) => !c.column), ROWS, "rows"]
  ]);
  var SHOWN = {
    schema: (title, list4) => section(title, [
      [list4.filter((c) => !c.key), SHAPE, "tables and columns"],
      [list4.filter((c) => c.key), VALUES, "cells"]
    ]),
    correction: values,
    retracted: values,
    reassessed: values,
    new_evidence: values,
    renamed: values,
    added,
    dataset: (title, list4) => section(title, [[list4, [["What", (c) => words(c.column ?? "")], BEFORE, NOW], "texts"]]),
    evidence: (title, list4) => section(title, [[list4, CLAIMS, "claims"]]),
    rejected: (title, list4) => section(title, [[list4, CLAIMS, "claims"]])
  };
  function glance(found2) {
    const ofWhole = (name) => (found2[name] ?? []).filter((c) => !c.column).length;
    const edited = ["correction", "retracted", "reassessed", "new_evidence"].flatMap((name) => found2[name] ?? []);
    const isName = (c) => about.tables[c.table]?.key.includes(c.column);
    return [
      `${plural(edited.filter((c) => c.column).length, "value")} changed`,
      `${plural(ofWhole("added"), "row")} new`,
      `${ofWhole("retracted")} gone`,
      `${(found2.renamed ?? []).filter(isName).length} renamed.`
    ].join(", ");
  }
  function summary(all) {
    const classes = [...new Set(all.map((c) => c.class))].sort(
      (a, b) => (a === "added") - (b === "added") || compare(a, b)
    );
    const tables2 = [...new Set(all.map((c) => c.table))].sort();
    const count2 = (table, name) => all.filter((c) => c.table === table && c.class === name).length;
    return plainTable(
      [
        [
          "Table",
          (t) => about.tables[t] ? h("a", { href: toRows("change", { table: t }), title: t }, tableTitle(t)) : t
        ],
        ...classes.map((name) => [
          h("span", { title: columnOf("change", "class").codes?.[name] }, words(name)),
          (t) => {
            const n = count2(t, name);
            return n ? h("a", { href: toRows("change", { table: t, class: name }), class: "number" }, number(n)) : "";
          }
        ])
      ],
      tables2,
      "Changed cells by table and reason"
    );
  }
  function section(title, kinds) {
    const total = kinds.reduce((sum, [list4]) => sum + list4.length, 0);
    if (!total) return null;
    return h(
      "section",
      {},
      h("h2", {}, title, h("small", {}, ` ${number(total)}`)),
      kinds.filter(([list4]) => list4.length).map(([list4, columns2, what]) => folded(`${title} (${what})`, list4, columns2, what))
    );
  }
  function added(title, list4) {
    const byTable2 = Map.groupBy(
      list4.filter((c) => !c.column),
      (c) => c.table
    );
    const cells = list4.filter((c) => c.column);
    if (!list4.length) return null;
    return h(
      "section",
      {},
      h("h2", {}, title, h("small", {}, ` ${number(list4.length)}`)),
      folded(title, cells, VALUES, "cells"),
      [...byTable2].map(
        ([table, own2]) => fold(
          "rows",
          `${tableTitle(table)}: ${plural(own2.length, "row")}`,
          () => firstOf(
            own2,
            (some) => h(
              "ul",
              { class: "keys-list" },
              some.map((c) => h("li", {}, factLink(table, c.key, null, rowTitle(table, c.key))))
            ),
            { table, class: "added" }
          )
        )
      )
    );
  }

  // src/views/conflicts.js
  var conflicts_exports = {};
  __export(conflicts_exports, {
    settings: () => settings,
    view: () => view2
  });

  // src/find.js
  var OFTEN = 6;
  var folded2 = (text2) => text2.normalize("NFKD").replace(/[\p{M}*]/gu, "").replace(/\b\d{1,3}(?:[,'’ ]\d{3})+(?![\d.])/g, (figure2) => figure2.replace(/\D/g, "")).toLowerCase();
  function namesIn(table, name, row) {
    const { target: target2 } = columnOf(table, name);
    const values3 = [row[name]].flat().filter((value) => value !== null && value !== void 0);
    if (target2 && target2 !== "document") return values3.flatMap((id) => [nameOf(target2, id), fullName(target2, id)]);
    return isParty(name) ? values3.map(partyName) : [];
  }
  var isRecord = (text2) => text2.startsWith("{");
  function cellWords(table, name, row) {
    const text2 = asText(row[name]);
    if (isRecord(text2)) return text2;
    const dated = `${name}_earliest` in row ? [dateWords(text2)] : [];
    return [.../* @__PURE__ */ new Set([text2, shown(table, name, row), ...dated, ...namesIn(table, name, row)])].join("\n");
  }
  function rowWords(table, row) {
    const filled = about.tables[table].columns.filter((c) => !isExpansion(c) && isTold(row, c.name));
    const called = [tableTitle(table), ...filled.map((c) => columnTitle(table, c.name))];
    for (const { name, target: target2 } of filled) if (target2) called.push(...[row[name]].flat().map((id) => sortOf(target2, id)));
    return `${folded2(filled.map((c) => cellWords(table, c.name, row)).join("\n"))}\f${folded2(called.join("\n"))}`;
  }
  var sorts = /* @__PURE__ */ new Map();
  function sortOf(table, id) {
    const place3 = `${table}
${id}`;
    if (!sorts.has(place3)) sorts.set(place3, codesOf(table, thing(table, id)));
    return sorts.get(place3);
  }
  function codesOf(table, row) {
    if (!row || table === "document") return "";
    const coded = about.tables[table].columns.filter((c) => !c.target && (c.codes || Array.isArray(row[c.name])));
    return coded.map((c) => shown(table, c.name, row)).join("\n");
  }
  var isTold = (row, name) => typeof row[name] !== "boolean" && !isCounted(name) && !isRecord(asText(row[name])) && (asText(row[name]) !== "" || Boolean(row[`${name}_qualifier`]));
  var wordsOf = (query) => folded2(query).split(/\s+/).filter(Boolean);
  var isSign = (letter) => letter === void 0 || !/[\p{L}\d]/u.test(letter);
  function fit(text2, word) {
    let best = 0;
    let at = text2.indexOf(word);
    for (let seen = 0; at >= 0 && best < 3 && seen < OFTEN; seen += 1) {
      const before = text2[at - 1];
      const isWithin = !isSign(before);
      if (!(isWithin && /\d/.test(word[0]) && /\d/.test(before)))
        best = Math.max(best, isWithin ? 1 : isSign(text2[at + word.length]) ? 3 : 2);
      at = text2.indexOf(word, at + 1);
    }
    return best;
  }
  function score(text2, words2) {
    let points = 0;
    const fitting = [];
    words2.forEach((word, i) => {
      const found2 = fit(text2, word);
      if (!found2) return;
      fitting.push(i);
      points += text2.lastIndexOf(word, text2.indexOf("\f")) < 0 ? 1 : found2;
    });
    return { points, fitting };
  }
  var fitsAll = (text2, words2) => score(text2, words2).fitting.length === words2.length;

  // src/chart.js
  function figure({ title, note: note2, draw, rows: rows2, columns: columns2, legend: legend2, dense = true, file, open: open2 = false }) {
    title = starred(title);
    const id = freshId("figure");
    const holder = h("div", { class: "plot" });
    const behind = h(
      "details",
      { class: "behind", open: open2 },
      h("summary", {}, `The table behind it (${rows2.length})`),
      scroller(plainTable(columns2, rows2, title), `Table: ${title}`),
      h(
        "button",
        {
          type: "button",
          class: "small",
          onclick: () => download(`${file ?? "figure"}.csv`, "text/csv", behindCsv(columns2, rows2))
        },
        "Download this table (CSV)"
      )
    );
    const element = h(
      "figure",
      { class: "chart", "aria-labelledby": id },
      h("h3", { id }, title),
      note2 ? h("p", { class: "muted" }, note2) : null,
      legend2 ?? null,
      holder,
      h("figcaption", {}, `Source: ${citation()}. Every mark leads to the documents behind it.`),
      behind
    );
    draws(holder, draw, title, dense);
    return element;
  }
  var behindCsv = (columns2, rows2) => {
    const named2 = rows2.map((row) => Object.fromEntries(columns2.map(([name, cell3]) => [name, textOf(cell3(row))])));
    return asCsv(
      columns2.map(([name]) => name),
      named2
    );
  };
  var textOf = (cell3) => cell3 instanceof Node ? cell3.textContent : Array.isArray(cell3) ? cell3.map(textOf).join("") : `${cell3 ?? ""}`;
  function draws(holder, draw, title, dense) {
    let last = 0;
    const observer = new ResizeObserver(([entry3]) => {
      const width = Math.round(entry3.contentRect.width);
      if (!width || Math.abs(width - last) < 8) return;
      last = width;
      holder.replaceChildren(drawn(draw(width), width, title, dense));
    });
    observer.observe(holder);
  }
  function drawn(options, width, title, dense) {
    const plot = Plot.plot({ width, ariaLabel: title, className: "wb6-plot", ...options });
    for (const style of plot.querySelectorAll("style")) style.remove();
    for (const svg of [plot, ...plot.querySelectorAll("svg")].filter((node) => node.tagName === "svg"))
      svg.setAttribute("role", "group");
    for (const group of plot.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
    for (const link2 of plot.querySelectorAll("a")) {
      const named2 = link2.querySelector("[aria-label]");
      if (named2) link2.setAttribute("aria-label", named2.getAttribute("aria-label"));
      if (dense) link2.setAttribute("tabindex", "-1");
    }
    return plot;
  }
  var swatches = (entries) => h(
    "ul",
    { class: "legend" },
    entries.map(([name, kind]) => h("li", {}, h("span", { class: `swatch ${kind}` }), name))
  );

  // src/stated.js
  var LOWER = ["more_than", "at_least"];
  var UPPER = ["less_than", "at_most"];
  var SIGNS2 = { "": "exact", "~": "approx", ">": "more_than", ">=": "at_least", "<": "less_than", "<=": "at_most" };
  function placed(row, name) {
    const { [name]: best, [`${name}_low`]: low, [`${name}_high`]: high, [`${name}_qualifier`]: how } = row;
    return { low, high, how, value: how === "range" ? (low + high) / 2 : best ?? low ?? high };
  }
  function written(text2) {
    const [, sign, first, last] = /^([~<>]?=?)(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?$/.exec(text2 ?? "") ?? [];
    const [low, high] = [Number(first), Number(last ?? first)];
    return { low, high, how: last ? "range" : SIGNS2[sign], value: (low + high) / 2 };
  }
  async function rivalsOf(table, column) {
    const own2 = (await rows("claim")).filter((c) => c.table_name === table && c.column_name === column);
    return Map.groupBy(
      own2.filter((c) => !c.is_published),
      (c) => c.row_key
    );
  }
  async function pointsOf(table, column, list4) {
    const rivals = await rivalsOf(table, column);
    return list4.map((row) => {
      const key = keyOf(table, row);
      const others = (rivals.get(key) ?? []).map((claim) => ({ row, claim, ...written(claim.value) }));
      return { row, href: toFact(table, key, column), others, ...placed(row, column) };
    });
  }
  var isOut = (claim) => claim.rank === "deprecated";
  var sayings = ({ claim }) => `${claim.document_id} says ${claim.value}${isOut(claim) ? ", which is deprecated" : ""}`;
  var otherValues = ({ others }) => others.map(({ claim: c }) => `${c.value} (${c.document_id}${isOut(c) ? ", deprecated" : ""})`).join(", ");
  function statedMarks(points, along, across, said2) {
    const other = along === "x" ? "y" : "x";
    const common = (title, stroke) => ({ [other]: across, title, ariaLabel: title, target: "_self", stroke });
    const marks = (list4, options, plain2) => {
      const dot = (how, more) => Plot.dot(
        list4.filter((p) => how.includes(p.how)),
        { ...options, [along]: "value", ...more }
      );
      const [up, down] = along === "y" ? [0, 180] : [90, -90];
      const span = along === "y" ? Plot.ruleX : Plot.ruleY;
      return [
        span(
          list4.filter((p) => p.how === "range"),
          { ...options, [`${along}1`]: "low", [`${along}2`]: "high", strokeWidth: 4 }
        ),
        dot(LOWER, { symbol: "triangle", rotate: up, r: 4.5 }),
        dot(UPPER, { symbol: "triangle", rotate: down, r: 4.5 }),
        ...plain2(dot)
      ];
    };
    const rivals = points.flatMap((p) => p.others.map((rival) => ({ ...rival, href: p.href })));
    const own2 = { ...common(said2, "var(--accent)"), href: "href", fill: "var(--paper)", strokeWidth: 1.5 };
    const theirs = (list4, colour) => marks(list4, { ...common(sayings, colour), href: "href", fill: "var(--paper)", strokeWidth: 2 }, (dot) => [
      dot(["exact", "approx"], { symbol: "times", r: 5, stroke: "var(--paper)", strokeWidth: 5, href: null }),
      // stands out from bars
      dot(["exact", "approx"], { symbol: "times", r: 5 })
    ]);
    return [
      marks(points, own2, (dot) => [dot(["exact"], { r: 3.6, fill: "var(--accent)" }), dot(["approx"], { r: 3.6 })]),
      theirs(
        rivals.filter((r) => isOut(r.claim)),
        "var(--faint)"
      ),
      theirs(
        rivals.filter((r) => !isOut(r.claim)),
        "var(--warn)"
      )
    ];
  }
  function statedLegend(points, shape = "dot") {
    const is = (...how) => points.some((p) => how.includes(p.how));
    const rival = (out) => points.some((p) => p.others.some((r) => isOut(r.claim) === out));
    return swatches(
      [
        is("exact") && ["exact", `${shape}-exact`],
        is("approx") && ["approximate", `${shape}-approx`],
        is(...LOWER, ...UPPER) && ["only a bound is stated", "dot-bound"],
        is("range") && ["a range is stated", "dot-range"],
        rival(false) && ["a document says otherwise", "dot-rival"],
        rival(true) && ["a deprecated claim says otherwise", "dot-rival deprecated"]
      ].filter(Boolean)
    );
  }

  // src/refused.js
  var NOTHING = "nothing published";
  function days(text2) {
    const [, year, month, day3] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text2 ?? "") ?? [];
    if (!year) return null;
    const last = new Date(Date.UTC(Number(year), month ? Number(month) : 12, 0)).toISOString().slice(0, 10);
    return day3 ? [text2, text2] : [`${year}-${month ?? "01"}-01`, last];
  }
  function cellsOf(table, key) {
    const cells = partsOf(table, key);
    const bounds2 = cells.flatMap(([name, text2]) => {
      const found2 = days(text2);
      return found2 ? [
        [`${name}_earliest`, found2[0]],
        [`${name}_latest`, found2[1]]
      ] : [];
    });
    return Object.fromEntries([...cells, ...bounds2]);
  }
  async function refusedOf(table, column, fits2) {
    const published = new Set((await rows(table)).map((row) => keyOf(table, row)));
    const claims = (await rows("claim")).filter(
      (c) => c.table_name === table && c.column_name === column && !published.has(c.row_key)
    );
    const points = [...Map.groupBy(claims, (claim) => claim.row_key)].map(([key, own2]) => {
      const row = cellsOf(table, key);
      const others = own2.map((claim) => ({ row, claim, ...written(claim.value) }));
      return { row, href: toFact(table, key, column), others, isRefused: true };
    });
    return points.filter((point) => fits2(point.row));
  }
  var refusedLink = (table, row, column) => h(
    "a",
    {
      class: "value",
      "data-panel": true,
      href: toFact(table, keyOf(table, row), column),
      title: columnOf("claim", "rank")?.codes?.deprecated ?? null
    },
    NOTHING
  );

  // src/views/conflicts.js
  var STEP = 40;
  var settings = ["table", "kind", "q"];
  async function view2(_, set_) {
    const all = (await rows("conflict")).toSorted((a, b) => weight(a) - weight(b));
    const used = [...new Set(all.map((c) => c.table_name))].sort();
    const asked = unknowns();
    const state = {
      table: asked.oneOf("Among disagreements, the table", set_.table, used) ?? "",
      kind: asked.oneOf("The kind", set_.kind, Object.keys(KINDS)) ?? "",
      q: set_.q ?? ""
    };
    const holder = h("div");
    let most = STEP;
    const begin3 = turns();
    const draw = async () => {
      const isLast = begin3();
      remember(["conflicts"], state);
      const found2 = all.filter(
        (c) => (!state.table || c.table_name === state.table) && fits(c, state.kind) && (!state.q || textOf2(c).includes(folded2(state.q)))
      );
      const cards = await Promise.all(found2.slice(0, most).map(card));
      if (!isLast()) return;
      replace(
        holder,
        h("p", { class: "count", role: "status" }, `${plural(found2.length, "disagreement")} of ${all.length}`),
        cards,
        found2.length > most ? h(
          "button",
          {
            type: "button",
            onclick: () => {
              most += STEP;
              draw();
            }
          },
          `Show ${Math.min(STEP, found2.length - most)} more`
        ) : null
      );
    };
    const set = (name, value) => {
      state[name] = value;
      most = STEP;
      draw();
    };
    const select = (name, label, options) => choice(label, options, state[name], (value) => set(name, value));
    const search2 = h("input", {
      type: "search",
      "aria-label": "Search disagreements",
      placeholder: "Search disagreements",
      oninput: () => set("q", search2.value)
    });
    search2.value = state.q;
    await draw();
    return {
      unknown: asked.list,
      title: "Where documents disagree",
      lead: "Nothing is overwritten: every value stays, with who says it. One is published by a stated rule, and this is why.",
      body: [
        h(
          "div",
          { class: "controls" },
          search2,
          select("table", "Table", [
            ["", "all"],
            ...used.map((t) => [t, `${tableTitle(t)} (${all.filter((c) => c.table_name === t).length})`])
          ]),
          select("kind", "Kind", [
            ["", "all"],
            ["open", "live claims differ"],
            ["figure", "figures"],
            ["precision", "only how exact a date is"],
            ["wrong", "others known to be wrong"]
          ])
        ),
        holder,
        h("p", {}, h("a", { href: to(["table", "conflict"]) }, "The same as a table to filter and download"))
      ]
    };
  }
  var isWrong = (c) => ["others_deprecated", "none_stands"].includes(c.decided_by);
  var isFigure = (c) => about.tables[c.table_name] !== void 0 && isQuantity(c.table_name, c.column_name);
  var KINDS = {
    open: (c) => !c.only_precision && !isWrong(c),
    figure: isFigure,
    precision: (c) => c.only_precision,
    wrong: isWrong
  };
  var fits = (c, kind) => !Object.hasOwn(KINDS, kind) || KINDS[kind](c);
  var weight = (c) => (KINDS.open(c) ? 0 : 2) + (isFigure(c) ? 0 : 1);
  var textOf2 = (c) => folded2(
    `${c.table_name} ${tableTitle(c.table_name)} ${c.row_key} ${rowTitle(c.table_name, c.row_key)} ${c.column_name} ${columnTitle(c.table_name, c.column_name)} ${c.statements} ${c.reason ?? ""}`
  );
  async function card(c) {
    const claims = await claimsOf(c.table_name, c.row_key, c.column_name);
    const values3 = [...Map.groupBy(claims, (claim) => claim.value)];
    const meaning = columnOf("conflict", "decided_by")?.codes?.[c.decided_by];
    return h(
      "article",
      { class: "conflict" },
      h(
        "h2",
        {},
        factLink(
          c.table_name,
          c.row_key,
          c.column_name,
          `${rowTitle(c.table_name, c.row_key)}: ${columnTitle(c.table_name, c.column_name)}`
        ),
        h("small", {}, " ", tableName(c.table_name)),
        claims.some((claim) => claim.is_published) ? null : h("span", { class: "badge none-stands" }, NOTHING)
      ),
      h(
        "ul",
        { class: "statements" },
        values3.map(
          ([value, own2]) => h(
            "li",
            { class: own2[0].is_published ? "stands" : null },
            h("strong", {}, named(read(value), value)),
            " ",
            own2[0].is_published ? h("span", { class: "badge" }, "published") : null,
            own2.map((claim, i) => [i ? "; " : "", documentOf(claim)])
          )
        )
      ),
      h("p", {}, c.reason ?? meaning ?? "")
    );
  }
  var documentOf = (claim) => [
    thingLink("document", claim.document_id, claim.document_id),
    h("small", {}, ` grade ${gradeOf(claim)}${claim.rank === "normal" ? "" : `, ${claim.rank}`}`)
  ];

  // src/views/country.js
  var country_exports = {};
  __export(country_exports, {
    list: () => list,
    parts: () => parts2,
    view: () => view3
  });

  // src/indicator_charts.js
  var LEAST = 4;
  var TABLE2 = "indicator";
  var size = (row) => row.value ?? row.value_low ?? row.value_high;
  function indicatorCharts(list4) {
    const dated = list4.filter((row) => row.period_earliest && size(row) !== null);
    const series = [...Map.groupBy(dated, (row) => `${row.indicator}|${row.counterpart ?? ""}`).values()].filter(
      (own2) => own2.length >= LEAST
    );
    if (!series.length) return null;
    return h("section", {}, h("h2", {}, "Series"), h("div", { class: "multiples" }, series.map(chart)));
  }
  function chart(own2) {
    const [{ indicator, counterpart, unit, iso3 }] = own2;
    const sorted = own2.toSorted((a, b) => compare(a.period_earliest, b.period_earliest));
    const said2 = (row) => `${dateWords(row.period)}: ${quantity(row, "value")} ${words(unit)}${lateWords(row)}`;
    const x = (row) => /* @__PURE__ */ new Date(`${row.period_earliest}T00:00:00Z`);
    const title = `${nameOf("country", iso3)}: ${words(indicator)}${counterpart ? `, ${nameOf("country", counterpart)}` : ""}`;
    return figure({
      title: capital(title),
      note: `Unit: ${words(unit)}. Hollow marks are approximate.`,
      rows: sorted,
      file: `${iso3}-${indicator}`,
      draw: (width) => ({
        height: 190,
        marginLeft: 56,
        x: { type: "utc", label: null, ticks: Math.max(2, Math.round(width / 90)) },
        y: {
          zero: true,
          grid: true,
          label: null,
          tickFormat: (v) => v >= 1e6 ? `${number(v / 1e6)}m` : number(v),
          ticks: 5
        },
        marks: [
          cutoffLine(sorted),
          Plot.line(sorted, { x, y: size, stroke: "var(--faint)" }),
          Plot.dot(sorted, {
            x,
            y: size,
            r: 3,
            stroke: "var(--accent)",
            fill: (row) => row.value_qualifier === "exact" ? "var(--accent)" : "var(--paper)",
            title: said2,
            ariaLabel: said2,
            href: (row) => toFact(TABLE2, keyOf(TABLE2, row), "value"),
            target: "_self"
          }),
          Plot.tip(sorted, Plot.pointer({ x, y: size, title: said2, fill: "var(--paper)", stroke: "var(--rule)" }))
        ]
      }),
      columns: [
        ["Period", (row) => markedDate(row, "period", dateWords(row.period))],
        ["Value", (row) => valueLink(TABLE2, row, "value")],
        ["Unit", (row) => words(row.unit)]
      ]
    });
  }

  // src/sections.js
  var FIRST = 12;
  var MOST2 = 400;
  var cell = (table, name, row) => markedDate(row, name, plainCell(table, name, row));
  function plainCell(table, name, row) {
    const { target: target2 } = columnOf(table, name);
    const values3 = [row[name]].flat().filter((value) => value !== null && value !== void 0);
    const kind = (id) => isParty(name) ? partyKind(id) : target2;
    if (values3.length && values3.every((id) => kind(id) && thing(kind(id), id)))
      return values3.map((id, i) => [i ? ", " : "", thingLink(kind(id), id, nameOf(kind(id), id))]);
    if (!Array.isArray(row[name])) return valueLink(table, row, name);
    const texts = values3.map((one) => withNames(read(one)));
    const lines = texts.map((text2) => h("span", { class: "line" }, text2));
    return valueLink(table, row, name, texts.length > 2 ? lines : texts.join("; "));
  }
  var leadsAway = (table, name) => Boolean(columnOf(table, name).target) || isParty(name);
  function related(title, table, rows2, names3, ...ways) {
    if (!rows2.length || !about.tables[table]) return null;
    const filled = names3.filter((name) => rows2.some((row) => shown(table, name, row) !== ""));
    const columns2 = [
      ...filled.map((name) => [columnName(table, name), (row) => cell(table, name, row)]),
      ["", (row) => h("span", { class: "nowrap" }, rowLink(table, row, "who says so"))]
    ];
    const holder = scroller(plainTable(columns2, rows2.slice(0, FIRST), title), "Table");
    const more = h(
      "button",
      {
        type: "button",
        class: "small",
        onclick: () => {
          holder.replaceChildren(plainTable(columns2, rows2.slice(0, MOST2), title));
          more.remove();
        }
      },
      `Show all ${rows2.length}`
    );
    return h(
      "section",
      {},
      h("h2", {}, title, h("small", {}, ` ${rows2.length}`)),
      holder,
      h(
        "p",
        { class: "tools" },
        rows2.length > FIRST ? more : null,
        ways.map(
          (way) => h(
            "a",
            { href: toRows(table, way) },
            `In the table ${tableTitle(table)}${ways.length > 1 ? `, as ${columnTitle(table, Object.keys(way)[0])}` : ""}`
          )
        )
      )
    );
  }
  var telling = (table) => (about.tables[table]?.columns ?? []).filter((c) => !isExpansion(c) && !isCounted(c.name) && !about.tables[table].key.includes(c.name)).map((c) => c.name).filter((name) => name !== "name" && name !== "status_note");
  function facts(table, row, names3) {
    const filled = names3.filter((name) => shown(table, name, row) !== "");
    return h(
      "table",
      { class: "facts" },
      h(
        "tbody",
        {},
        filled.map(
          (name) => h(
            "tr",
            {},
            h("th", { scope: "row", title: columnHint(table, name) }, columnTitle(table, name)),
            h("td", {}, cell(table, name, row)),
            h("td", { class: "says" }, leadsAway(table, name) ? valueLink(table, row, name, "who says so") : "")
          )
        )
      )
    );
  }
  var newestFirst = (name) => (a, b) => compare(b[`${name}_earliest`] ?? "", a[`${name}_earliest`] ?? "");
  var lastFirst = (name) => (a, b) => compare(b[`${name}_latest`] ?? "", a[`${name}_latest`] ?? "") || newestFirst(name)(a, b);
  var oldestFirst = (name) => (a, b) => newestFirst(name)(b, a);

  // src/views/country.js
  var list = {
    async view() {
      const columns2 = [
        ["Country", (c) => thingLink("country", c.iso3)],
        ["Code", (c) => c.iso3],
        ["Official name", (c) => c.official_name ?? ""],
        ["One of the six", (c) => c.is_wb6 ? "yes" : ""]
      ];
      const sorted = things("country").toSorted(
        (a, b) => Number(b.is_wb6 ?? false) - Number(a.is_wb6 ?? false) || compare(a.name, b.name)
      );
      return {
        title: "Countries",
        lead: "The Western Balkan Six, and every other country that the dataset names.",
        body: [scroller(plainTable(columns2, sorted, "Countries"), "Table")]
      };
    }
  };
  var parts2 = 1;
  async function view3([iso3]) {
    const country = thing("country", iso3);
    if (!country) return null;
    const profile = (await rows("country_profile")).find((row) => row.iso3 === iso3);
    const t = await tables(
      "membership",
      "milestone",
      "mission_role",
      "deployment",
      "threat_exposure",
      "event",
      "policy",
      "relation",
      "facility",
      "assessment",
      "indicator"
    );
    const own2 = (table, name = "iso3") => t[table].filter((row) => [row[name]].flat().includes(iso3));
    const f = { iso3 };
    return {
      title: nameOf("country", iso3),
      lead: country.official_name ?? "",
      body: [
        country.status_note ? h("p", { class: "status-note" }, `* ${statusNote()}`) : null,
        profile ? h(
          "section",
          {},
          h("h2", {}, `As of ${dateWords(about.as_of)}`),
          facts("country_profile", profile, telling("country_profile"))
        ) : null,
        related(
          "Standing towards organisations",
          "membership",
          own2("membership").sort(oldestFirst("start")),
          ["organisation_id", "status", "start", "end", "disputed"],
          f
        ),
        related(
          "Milestones",
          "milestone",
          own2("milestone").sort(oldestFirst("date")),
          ["date", "organisation_id", "milestone"],
          f
        ),
        related("Parts in missions", "mission_role", own2("mission_role"), ["mission_id", "role", "start", "end"], f),
        related(
          "Deployments",
          "deployment",
          own2("deployment").sort(newestFirst("as_of")),
          ["missions", "as_of", "unit", "personnel", "location_iso3"],
          f
        ),
        related(
          "Threats that bear on it",
          "threat_exposure",
          own2("threat_exposure"),
          ["threat_id", "category", "actor_id", "channel", "n_events"],
          f
        ),
        related("Events", "event", own2("event").sort(newestFirst("date")), ["date", "name", "kind", "place"], f),
        indicatorCharts(own2("indicator")),
        related(
          "Policies",
          "policy",
          own2("policy").sort(newestFirst("adopted")),
          ["adopted", "title", "kind", "period"],
          f
        ),
        related(
          "Dealings",
          "relation",
          [...own2("relation", "party_a"), ...own2("relation", "party_b")].sort(newestFirst("start")),
          ["party_a", "party_b", "kind", "sector", "start", "end", "value", "unit"],
          { party_a: iso3 },
          { party_b: iso3 }
        ),
        related("Facilities", "facility", own2("facility"), ["name", "kind", "status", "funders", "start"], f),
        related("What authors judge", "assessment", own2("assessment", "subject"), ["topic", "statement", "stance"], {
          subject: iso3
        })
      ].filter(Boolean)
    };
  }

  // src/views/document.js
  var document_exports = {};
  __export(document_exports, {
    parts: () => parts3,
    view: () => view4
  });
  var MOST3 = 200;
  var parts3 = 1;
  async function view4([id]) {
    const row = thing("document", id);
    if (!row) return null;
    const { claim, reference } = await tables("claim", "reference");
    const own2 = claim.filter((c) => c.document_id === id);
    const resting = claim.filter((c) => c.origin_document_id === id);
    const note2 = await footnote(id);
    const grade = columnOf("document", "reliability")?.codes?.[row.reliability] ?? "";
    const lines = [
      ["Kind", words(row.type).replaceAll("-", " ")],
      ["Authors", row.authors?.join("; ")],
      ["Publisher", row.publisher],
      ["Issued", dateWords(row.issued)],
      ["Language", row.language],
      ["Reliability", `${row.reliability}: ${grade}`],
      ["Address", row.url ? outward(row.url, row.url) : null],
      ["Id", h("code", {}, id)]
    ];
    return {
      title: row.title,
      isQuoted: true,
      body: [
        h(
          "table",
          { class: "facts" },
          h(
            "tbody",
            {},
            lines.filter(([, text2]) => text2).map(([name, text2]) => h("tr", {}, h("th", { scope: "row" }, name), h("td", {}, text2)))
          )
        ),
        h(
          "section",
          { class: "cite" },
          h("h2", {}, "Footnote"),
          h("p", { class: "note" }, noteText(note2)),
          h(
            "div",
            { class: "tools" },
            copyButton("Copy footnote", async () => note2),
            copyButton("Copy permalink", async () => permalink(to(["document", id])))
          )
        ),
        claimList("What was read in it", own2, { document_id: id }),
        claimList("Claims that rest on it", resting, { origin_document_id: id }),
        related(
          "What it cites",
          "reference",
          reference.filter((r) => r.document_id === id),
          ["note_number", "cited_document_id", "locator"],
          { document_id: id }
        ),
        related(
          "Where it is cited",
          "reference",
          reference.filter((r) => r.cited_document_id === id),
          ["document_id", "note_number", "locator"],
          { cited_document_id: id }
        )
      ].filter(Boolean)
    };
  }
  function claimList(title, claims, values3) {
    if (!claims.length) return null;
    const columns2 = [
      ["Table", (c) => tableName(c.table_name)],
      ["Row", (c) => factLink(c.table_name, c.row_key)],
      ["Column", (c) => c.column_name ? columnName(c.table_name, c.column_name) : ""],
      ["Value", (c) => factLink(c.table_name, c.row_key, c.column_name, c.value === null ? "" : read(c.value))],
      ["Passage", (c) => c.locator ?? ""],
      ["", (c) => c.is_published ? "published" : c.rank === "deprecated" ? "deprecated" : "not published"]
    ];
    return h(
      "section",
      {},
      h("h2", {}, title, h("small", {}, ` ${claims.length}`)),
      scroller(plainTable(columns2, claims.slice(0, MOST3), title), "Table"),
      claims.length > MOST3 ? h(
        "p",
        {},
        h("a", { href: toRows("claim", values3) }, `All ${claims.length} in the table ${tableTitle("claim")}`)
      ) : null
    );
  }

  // src/views/map.js
  var map_exports = {};
  __export(map_exports, {
    settings: () => settings2,
    view: () => view5
  });

  // src/as_of.js
  var day = (iso) => iso ? Date.parse(iso) / 864e5 : null;
  var isRough = (written2) => /[~?%]/.test(written2 ?? "");
  var mayBeWrong = (written2) => /[?%]/.test(written2 ?? "");
  function possible(row, name) {
    const [first, last] = [day(row[`${name}_earliest`]), day(row[`${name}_latest`])];
    const more = isRough(row[name]) && first !== null && last !== null ? last - first + 1 : 0;
    return { first: first === null ? null : first - more, last: last === null ? null : last + more };
  }
  function holding(row, iso) {
    const asked = day(iso);
    const [start2, end] = [possible(row, "start"), possible(row, "end")];
    if (start2.first !== null && start2.first > asked || end.last !== null && end.last < asked) return null;
    const begun = Boolean(row.start) && !mayBeWrong(row.start) && start2.last !== null && start2.last <= asked;
    const lasts = row.end && !mayBeWrong(row.end) ? end.first : null;
    const runs = lasts === null ? !row.end : lasts > asked;
    const covered = asked <= day(about.as_of);
    const because = [
      covered ? null : "the day is after the cut-off",
      row.start ? begun ? null : `start is ${row.start}` : "no start is recorded",
      row.end ? runs ? null : `end is ${row.end}` : "no end is recorded"
    ];
    return { holds: begun && runs && covered ? "certain" : "possible", because: because.filter(Boolean).join("; ") };
  }
  var isCurrent = (row, iso) => (!row.start || row.start_latest && row.start_latest <= iso) && (!row.end_latest || row.end_latest > iso);
  var STRENGTH = [
    "member",
    "invited",
    "candidate",
    "applicant",
    "participant",
    "partner",
    "aspirant",
    "neutral"
  ];
  var strength = (status2) => (STRENGTH.indexOf(status2) + 99) % 99;
  function standing(memberships, organisation, iso3, iso) {
    const own2 = memberships.filter((row) => row.iso3 === iso3);
    const belongs = own2.some(
      (row) => row.organisation_id === organisation.parent_organisation_id && row.status === "member" && row.start_latest && row.start_latest <= iso && (!row.end_latest || row.end_latest > iso)
    );
    const rows2 = own2.filter((row) => row.organisation_id === organisation.organisation_id && holding(row, iso));
    const left = organisation.kind === "programme" && belongs;
    const current = left ? [] : rows2.filter((row) => isCurrent(row, iso));
    current.sort((a, b) => strength(a.status) - strength(b.status) || compare(a.status, b.status) || b.spell - a.spell);
    return { strongest: current[0] ?? null, rows: rows2, left };
  }

  // src/views/map_drawing.js
  var LABELS = {
    ALB: [20.05, 41.15],
    BIH: [17.75, 44.2],
    MKD: [21.7, 41.55],
    MNE: [19.3, 42.85],
    SRB: [20.75, 44.2],
    XKX: [20.9, 42.6]
  };
  async function drawMap(width, status2, address) {
    const { shapes, borders, disputed } = await block("map");
    const own2 = shapes.features.filter((shape) => isSix(shape.id));
    const height = Math.min(Math.round(width * 0.86), 620);
    const options = {
      width,
      height,
      margin: 0,
      projection: {
        type: "conic-conformal",
        rotate: [-19, 0],
        parallels: [42, 45],
        domain: { type: "FeatureCollection", features: own2 },
        inset: 12
      },
      marks: [
        Plot.geo(
          shapes.features.filter((shape) => !isSix(shape.id)),
          { fill: "var(--land)" }
        ),
        Plot.geo(own2, {
          className: "six",
          fill: (s) => `var(--status-${status2(s.id).kind})`,
          stroke: "none",
          href: (s) => address(s.id),
          target: "_self",
          title: (s) => `${nameOf("country", s.id)}: ${status2(s.id).text}`,
          ariaLabel: (s) => `${nameOf("country", s.id)}: ${status2(s.id).text}`
        }),
        Plot.geo(borders, { stroke: "var(--border)", strokeWidth: 1, fill: "none" }),
        Plot.geo(disputed, { stroke: "var(--border)", strokeWidth: 1.4, strokeDasharray: "4 4", fill: "none" }),
        Plot.text(own2, {
          x: (s) => LABELS[s.id]?.[0],
          y: (s) => LABELS[s.id]?.[1],
          text: (s) => (width < 480 && s.id === "BIH" ? "Bosnia and\nHerzegovina" : nameOf("country", s.id)).replace(" and H", " and\nH").replace("North M", "North\nM"),
          fill: "var(--map-label)",
          stroke: "var(--map-halo)",
          strokeWidth: 2.5,
          fontSize: width < 480 ? 11 : 13,
          fontWeight: 600,
          lineHeight: 1.1,
          pointerEvents: "none"
        })
      ]
    };
    return drawn(options, width, "Map of the Western Balkan Six", false);
  }
  var mapNote = () => h(
    "p",
    { class: "muted map-note" },
    "Lines on the map imply no position on the status of any territory or border. The line between Serbia and Kosovo* is dashed; Kosovo* is drawn apart as the dataset's code XKX is, without prejudice to positions on status. Map data: Natural Earth."
  );

  // src/views/map.js
  var monthOf = (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;
  var lastDay = (month) => new Date(Date.UTC(Math.floor(month / 12), month % 12 + 1, 0)).toISOString().slice(0, 10);
  function isDay(text2) {
    if (!/^\d{4}-\d\d-\d\d$/.test(text2 ?? "") || text2 > about.as_of) return false;
    const day3 = /* @__PURE__ */ new Date(`${text2}T00:00Z`);
    return !Number.isNaN(day3.getTime()) && day3.toISOString().startsWith(text2);
  }
  function described(found2, organisation) {
    if (found2.left)
      return {
        kind: "none",
        text: `member of ${nameOf("organisation", organisation.parent_organisation_id)}, so no longer in the programme`
      };
    if (!found2.strongest) return { kind: "none", text: "no status recorded" };
    const { status: status2 } = found2.strongest;
    return { kind: STRENGTH.includes(status2) ? status2 : "other", text: words(status2) };
  }
  var settings2 = ["date", "org"];
  async function view5(_, set) {
    const { membership, organisation } = await tables("membership", "organisation");
    const ofSix = membership.filter((row) => six().some((country) => country.iso3 === row.iso3));
    const organisations = organisation.filter((o) => ofSix.some((row) => row.organisation_id === o.organisation_id));
    const asked = unknowns();
    if (set.date && !isDay(set.date)) asked.say("The day", set.date);
    const state = {
      date: isDay(set.date) ? set.date : about.as_of,
      org: asked.oneOf(
        "The organisation",
        set.org,
        organisations.map((o) => o.organisation_id)
      ) || (organisations.find((o) => o.organisation_id === "nato")?.organisation_id ?? organisations[0]?.organisation_id)
    };
    const days2 = ofSix.flatMap((row) => [row.start_earliest, row.start_latest, row.end_earliest]).filter(Boolean).sort();
    const parts7 = controls(state, organisations, days2[0] ?? about.as_of, (change) => {
      Object.assign(state, change);
      show2();
    });
    const holder = h("div", { class: "map" });
    const side = h("div", { class: "map-side" });
    let width = 0;
    const begin3 = turns();
    async function show2() {
      const isLast = begin3();
      const org = thing("organisation", state.org);
      const found2 = new Map(six().map((country) => [country.iso3, standing(membership, org, country.iso3, state.date)]));
      const status2 = (iso3) => described(found2.get(iso3), org);
      parts7.sync();
      remember(["map"], {
        date: state.date === about.as_of ? null : state.date,
        org: state.org === "nato" ? null : state.org
      });
      replace(
        side,
        heading(org, state.date),
        legend(ofSix, state.org),
        scroller(plainTable(columns(status2, found2, state.date), six(), "Status on the day"), "Table"),
        moves(ofSix, state, parts7.set)
      );
      const drawn2 = width && await drawMap(width, status2, (iso3) => to(["country", iso3]));
      if (drawn2 && isLast()) replace(holder, drawn2);
    }
    new ResizeObserver(([entry3]) => {
      const room = Math.round(entry3.contentRect.width);
      if (!room || Math.abs(room - width) < 8) return;
      width = room;
      show2();
    }).observe(holder);
    await show2();
    return {
      unknown: asked.list,
      title: "The six on a day",
      lead: "How each of the Western Balkan Six stood towards an organisation on the day you set.",
      body: [parts7.element, h("div", { class: "map-view" }, h("div", {}, holder, mapNote()), side)]
    };
  }
  function controls(state, organisations, first, set) {
    const [low, high] = [monthOf(first) - 1, monthOf(about.as_of)];
    const slider = h("input", {
      type: "range",
      min: low,
      max: high,
      step: 1,
      id: "day-slider",
      "aria-label": "Month",
      oninput: () => set({ date: [lastDay(Number(slider.value)), about.as_of].sort()[0] })
    });
    const day3 = h("input", {
      type: "date",
      "aria-label": "Day",
      max: about.as_of,
      onchange: () => isDay(day3.value) && set({ date: day3.value })
    });
    const org = h(
      "select",
      { "aria-label": "Organisation", onchange: () => set({ org: org.value }) },
      organisations.map((o) => h("option", { value: o.organisation_id }, o.name))
    );
    const sync = () => {
      slider.value = `${monthOf(state.date)}`;
      slider.setAttribute("aria-valuetext", dateWords(state.date));
      day3.value = state.date;
      org.value = state.org;
    };
    const element = h(
      "div",
      { class: "controls" },
      h("label", {}, "Organisation ", org),
      h("label", {}, "Day ", day3),
      h(
        "div",
        { class: "slider" },
        h("span", { class: "muted" }, Math.floor((low + 1) / 12)),
        slider,
        h("span", { class: "muted" }, about.as_of.slice(0, 4))
      )
    );
    return { element, sync, set };
  }
  var heading = (org, date) => h("h2", { class: "map-heading", "aria-live": "polite" }, org.name, h("small", {}, ` on ${dateWords(date)}`));
  function legend(rows2, org) {
    const used = STRENGTH.filter((status2) => rows2.some((row) => row.organisation_id === org && row.status === status2));
    return swatches([...used.map((status2) => [words(status2), status2]), ["none recorded", "none"]]);
  }
  var columns = (status2, found2, date) => [
    ["Country", (c) => thingLink("country", c.iso3)],
    [
      "Status",
      (c) => {
        const { strongest } = found2.get(c.iso3);
        return strongest ? valueLinkOf(strongest, status2(c.iso3).text) : h("span", { class: "muted" }, status2(c.iso3).text);
      }
    ],
    [
      "Since",
      (c) => {
        const { strongest } = found2.get(c.iso3);
        return strongest ? valueLink("membership", strongest, "start") || "not recorded" : "";
      }
    ],
    [
      "How sure",
      (c) => {
        const { strongest } = found2.get(c.iso3);
        return strongest ? sure(holding(strongest, date)) : "";
      }
    ],
    [
      "Also",
      (c) => found2.get(c.iso3).rows.filter((row) => row !== found2.get(c.iso3).strongest).map((row, i) => [
        i ? ", " : "",
        rowLink(
          "membership",
          row,
          `${holding(row, date).holds === "possible" ? "possibly " : ""}${words(row.status)}`
        )
      ])
    ]
  ];
  var valueLinkOf = (row, text2) => h("span", {}, h("span", { class: `swatch ${row.status}` }), rowLink("membership", row, text2));
  var sure = ({ holds, because }) => [holds, because ? h("small", {}, ` (${because})`) : null];
  function moves(rows2, state, set) {
    const days2 = [
      ...new Set(
        rows2.filter((row) => row.organisation_id === state.org).flatMap((row) => [row.start_latest, row.end_latest]).filter((d) => d && d <= about.as_of)
      )
    ].sort();
    const before = days2.filter((d) => d < state.date).at(-1);
    const after = days2.find((d) => d > state.date);
    const step = (label, day3) => {
      const button = h(
        "button",
        {
          type: "button",
          class: "small",
          onclick: () => {
            set({ date: day3 });
            document.querySelector(`[data-step="${label}"]`)?.focus();
          }
        },
        day3 ? `${label}: ${dateWords(day3)}` : `${label}: none`
      );
      button.dataset.step = label;
      button.disabled = !day3;
      return button;
    };
    return h("p", { class: "moves" }, step("Change before", before), " ", step("Change after", after));
  }

  // src/views/mission.js
  var mission_exports = {};
  __export(mission_exports, {
    list: () => list2,
    parts: () => parts4,
    settings: () => settings3,
    view: () => view6
  });

  // src/rests_on.js
  var MOST4 = 4;
  async function restsOn(table, column, points) {
    const claims = (await Promise.all(points.map((p) => claimsOf(table, keyOf(table, p.row), column)))).flat();
    const documents = [
      ...Map.groupBy(
        claims.filter((claim) => claim.is_published),
        (claim) => claim.document_id
      )
    ].sort(([a, one], [b, other]) => other.length - one.length || compare(a, b));
    if (!documents.length) return null;
    const named2 = documents.slice(0, MOST4).map(([id, own2], i) => [
      i ? "; " : "",
      thingLink("document", id, nameOf("document", id)),
      ` (${number(own2.length)}, grade ${gradeOf(own2[0])})`
    ]);
    const more = documents.length - MOST4;
    return [
      `${plural(points.length, "figure")}, resting on ${plural(documents.length, "document")}: `,
      named2,
      more > 0 ? `; and ${plural(more, "other")}` : "",
      "."
    ];
  }

  // src/nations_chart.js
  var TABLE3 = "mission_contribution";
  var CLAIMED = "deployment";
  var size2 = (row) => row.personnel ?? row.personnel_low ?? row.personnel_high;
  async function nationsCharts(missionId, name, settings8, asked, keep2) {
    const own2 = (await rows(TABLE3)).filter(
      (row) => row.mission_id === missionId && row.as_of_earliest && size2(row) !== null && row.unit === "contingent" && !row.shared_with?.length
    );
    if (!own2.length) {
      for (const [what, value] of Object.entries(settings8)) asked.say(`As ${what},`, value);
      return null;
    }
    const dates = [...Map.groupBy(own2, (row) => row.as_of)].sort(
      ([, [a]], [, [b]]) => compare(b.as_of_earliest, a.as_of_earliest)
    );
    const whole = dates.find(([, list4]) => list4.some((row) => row.coverage === "complete")) ?? dates.toSorted(([, a], [, b]) => b.length - a.length)[0];
    const nations = [...new Set(own2.map((row) => row.iso3))].sort(
      (a, b) => compare(nameOf("country", a), nameOf("country", b))
    );
    const state = {
      at: asked.oneOf(
        "The date",
        settings8.at,
        dates.map(([date]) => date)
      ) ?? whole[0],
      nation: asked.oneOf("The nation", settings8.nation, nations) ?? (nations.includes("ALB") ? "ALB" : nations[0])
    };
    const [byNation, overTime] = [h("div"), h("div")];
    const choose = (label, options, name_, draw) => {
      const chosen = (value) => {
        state[name_] = value;
        draw();
        keep2(state);
      };
      return h("p", { class: "controls" }, choice(label, options, state[name_], chosen));
    };
    const points = await pointsOf(CLAIMED, "personnel", own2);
    const drawing2 = (holder, chart3, setting, column) => {
      const begin3 = turns();
      return async () => {
        const [isLast, chosen] = [begin3(), state[setting]];
        const fitting = points.filter((p) => p.row[column] === chosen);
        const rests = await restsOn(CLAIMED, "personnel", fitting);
        if (isLast()) replace(holder, chart3(fitting, chosen, name, missionId, rests));
      };
    };
    const drawDate = drawing2(byNation, bars, "at", "as_of");
    const drawNation = drawing2(overTime, dots, "nation", "iso3");
    await drawDate();
    await drawNation();
    const counted = dates.map(([date, list4]) => [
      date,
      `${dateWords(date)}: ${list4.length} ${list4.length === 1 ? "nation" : "nations"}${list4.some((row) => row.coverage === "complete") ? ", complete" : ""}${isLate(list4[0]) ? `, ${AFTER}` : ""}`
    ]);
    return h(
      "section",
      {},
      h("h2", {}, "By nation"),
      choose("Date", counted, "at", drawDate),
      byNation,
      h("h2", {}, "One nation over time"),
      choose(
        "Nation",
        nations.map((iso3) => [iso3, nameOf("country", iso3)]),
        "nation",
        drawNation
      ),
      overTime
    );
  }
  var differ = (point) => `${point.others.length ? "\nDocuments differ" : ""}${lateWords(point.row)}`;
  function bars(points, date, name, missionId, rests) {
    const sorted = points.toSorted((a, b) => b.value - a.value || compare(a.row.iso3, b.row.iso3));
    const [{ row: first }] = sorted;
    const said2 = (p) => `${nameOf("country", p.row.iso3)}: ${quantity(p.row, "personnel")}${differ(p)}`;
    const total = quantity(first, "mission_personnel");
    const coverage = {
      complete: "These add up to the total that the same document states.",
      partial: `These do not add up to the total of the same document; ${quantity(first, "residual")} are left.`,
      no_total: "The document gives no total of its own."
    }[first.coverage];
    const label = ({ row }) => nameOf("country", row.iso3).replace("Bosnia and Herzegovina", "Bosnia and Herz.");
    const isKnown = (p) => ["exact", "approx"].includes(p.how);
    const end = (p) => Math.max(p.value, p.how === "range" ? p.high : 0, ...p.others.map((r) => r.high || 0));
    return figure({
      title: `${name}: personnel by nation, ${dateWords(date)}`,
      rows: sorted,
      file: `${missionId}-by-nation-${date.replaceAll("/", "_")}`,
      note: [
        isLate(first) && `Dated ${AFTER}.`,
        total && `The mission's total as of ${dateWords(first.mission_total_as_of)}: ${total}.`,
        coverage,
        rests
      ].filter(Boolean).flatMap((one) => [one, " "]),
      legend: statedLegend(sorted, "bar"),
      draw: () => ({
        height: 34 + sorted.length * 20,
        marginLeft: 132,
        marginRight: 48,
        marginTop: 4,
        x: { label: null, axis: null },
        y: { label: null, domain: sorted.map(label), tickSize: 0 },
        marks: [
          Plot.barX(sorted, {
            x: (p) => p.how === "range" ? p.low : p.value,
            y: label,
            fill: "var(--accent)",
            fillOpacity: (p) => p.how === "exact" ? 1 : isKnown(p) ? 0.55 : 0.25,
            title: said2,
            ariaLabel: said2,
            href: "href",
            target: "_self",
            insetTop: 2,
            insetBottom: 2
          }),
          statedMarks(
            sorted.map((p) => isKnown(p) ? { ...p, how: "bar" } : p),
            "x",
            label,
            said2
          ),
          Plot.text(sorted, {
            x: end,
            y: label,
            text: ({ row }) => quantity(row, "personnel"),
            textAnchor: "start",
            dx: 9,
            fill: "var(--ink)"
          })
        ]
      }),
      columns: [
        ["Nation", ({ row }) => thingLink("country", row.iso3)],
        ["Personnel", ({ row }) => valueLink(CLAIMED, row, "personnel")],
        ["Other values", otherValues],
        ["Share of the total", ({ row }) => row.share === null ? "" : `${number(Math.round(row.share * 1e3) / 10)} %`],
        ["Coverage", ({ row }) => words(row.coverage)]
      ]
    });
  }
  function dots(points, nation, name, missionId, rests) {
    const sorted = points.toSorted((a, b) => compare(a.row.as_of_earliest, b.row.as_of_earliest));
    const said2 = (p) => `${dateWords(p.row.as_of)}: ${quantity(p.row, "personnel")}${differ(p)}`;
    const x = (p) => /* @__PURE__ */ new Date(`${p.row.as_of_earliest}T00:00:00Z`);
    return figure({
      title: `${nameOf("country", nation)} in ${name}`,
      rows: sorted,
      file: `${missionId}-${nation}`,
      note: rests,
      legend: statedLegend(sorted),
      draw: (width) => ({
        height: Math.max(200, width * 0.3),
        marginLeft: 48,
        x: { type: "utc", label: null },
        y: { zero: true, grid: true, label: "Personnel", tickFormat: number },
        marks: [
          Plot.ruleY([0], { stroke: "var(--rule)" }),
          cutoffLine(sorted.map((p) => p.row)),
          Plot.line(sorted, { x, y: "value", stroke: "var(--faint)" }),
          statedMarks(sorted, "y", x, said2),
          Plot.tip(sorted, Plot.pointer({ x, y: "value", title: said2, fill: "var(--paper)", stroke: "var(--rule)" }))
        ]
      }),
      columns: [
        ["As of", ({ row }) => markedDate(row, "as_of", dateWords(row.as_of))],
        ["Personnel", ({ row }) => valueLink(CLAIMED, row, "personnel")],
        ["Other values", otherValues],
        ["Coverage of its source", ({ row }) => words(row.coverage)]
      ]
    });
  }

  // src/strength_chart.js
  var TABLE4 = "mission_strength";
  var day2 = (iso) => /* @__PURE__ */ new Date(`${iso}T00:00:00Z`);
  var middle = ({ row }) => new Date((day2(row.as_of_earliest).getTime() + day2(row.as_of_latest).getTime()) / 2);
  function bounds({ personnel: best, personnel_low: low, personnel_high: high }) {
    if (low === void 0 || low === high || best !== null && best === low) return "";
    return [low !== null && `from ${number(low)}`, high !== null && `up to ${number(high)}`].filter(Boolean).join(" ");
  }
  var isBrief = (row) => day2(row.as_of_latest) - day2(row.as_of_earliest) < 32 * 864e5;
  async function strengthChart(missionId, name) {
    const ofMission = (row) => row.mission_id === missionId && row.as_of_earliest && row.as_of_latest;
    const dated = (await rows(TABLE4)).filter(ofMission);
    const own2 = dated.filter((row) => quantity(row, "personnel")).sort((a, b) => compare(a.as_of_earliest, b.as_of_earliest) || compare(a.as_of, b.as_of));
    if (!own2.length) return null;
    const points = [...await pointsOf(TABLE4, "personnel", own2), ...await refusedOf(TABLE4, "personnel", ofMission)];
    return figure({
      title: `${name}: personnel over time`,
      file: `${missionId}-strength`,
      rows: points.toSorted((a, b) => compare(b.row.as_of_earliest, a.row.as_of_earliest)),
      open: true,
      note: `${number(own2.length)} totals as documents state them. A short bar spans the period a total is stated for. The thin line only guides the eye.${points.length > own2.length ? ` ${plural(points.length - own2.length, "date")} more with nothing but deprecated claims.` : ""}`,
      legend: statedLegend(points),
      draw: (width) => drawing(width, points),
      columns: [
        ["As of", ({ row }) => markedDate(row, "as_of", dateWords(row.as_of))],
        [
          "Personnel",
          ({ row, isRefused: isRefused2 }) => isRefused2 ? refusedLink(TABLE4, row, "personnel") : valueLink(TABLE4, row, "personnel")
        ],
        ["Bounds", ({ row }) => bounds(row)],
        ["Nations", ({ row, isRefused: isRefused2 }) => isRefused2 ? "" : valueLink(TABLE4, row, "nations")],
        ["Claims", ({ row, others, isRefused: isRefused2 }) => number(isRefused2 ? others.length : row.n_claims)],
        ["Other values", otherValues]
      ]
    });
  }
  function drawing(width, points) {
    const said2 = ({ row, others }) => `${dateWords(row.as_of)}: ${quantity(row, "personnel")}${row.nations === null ? "" : `
${quantity(row, "nations")} nations`}${others.length ? "\nDocuments differ" : ""}${lateWords(row)}`;
    return {
      height: Math.max(260, Math.min(420, width * 0.5)),
      marginLeft: 52,
      marginRight: 14,
      x: { type: "utc", label: null },
      y: { grid: true, zero: true, label: "Personnel", tickFormat: number, nice: true },
      marks: [
        Plot.ruleY([0], { stroke: "var(--rule)" }),
        cutoffLine(points.map((p) => p.row)),
        Plot.line(
          points.filter((p) => p.row.personnel !== null && isBrief(p.row)),
          { x: middle, y: "value", stroke: "var(--faint)", strokeWidth: 1 }
        ),
        Plot.ruleY(
          points.filter((p) => !p.isRefused),
          {
            x1: (p) => day2(p.row.as_of_earliest),
            x2: (p) => day2(p.row.as_of_latest),
            y: "value",
            stroke: "var(--accent)",
            strokeOpacity: 0.45,
            strokeWidth: 2
          }
        ),
        statedMarks(points, "y", middle, said2),
        Plot.tip(
          points.filter((p) => !p.isRefused),
          Plot.pointer({ x: middle, y: "value", title: said2, fill: "var(--paper)", stroke: "var(--rule)" })
        )
      ]
    };
  }

  // src/views/mission.js
  var list2 = {
    async view() {
      const { mission, mission_strength: strengths } = await tables("mission", "mission_strength");
      const latest = (id) => strengths.filter((row) => row.mission_id === id && quantity(row, "personnel") && row.as_of_latest <= about.as_of).sort(lastFirst("as_of"))[0];
      const columns2 = [
        ["Mission", (m) => thingLink("mission", m.mission_id, m.name)],
        ["", (m) => m.short_name ?? ""],
        ["Run by", (m) => nameOf("organisation", m.organisation_id)],
        ["Where", (m) => (m.hosts ?? []).map((iso3, i) => [i ? ", " : "", thingLink("country", iso3)])],
        ["From", (m) => valueLink("mission", m, "start")],
        ["To", (m) => valueLink("mission", m, "end")],
        [
          "Latest total",
          (m) => {
            const row = latest(m.mission_id);
            return row ? [valueLink("mission_strength", row, "personnel"), h("small", {}, ` ${row.as_of}`)] : "";
          }
        ]
      ];
      return {
        title: "Missions",
        lead: "Missions, operations and standing activities that the six host or staff, or that set the scene.",
        body: [scroller(plainTable(columns2, mission, "Missions"), "Table")]
      };
    }
  };
  var parts4 = 1;
  var settings3 = ["at", "nation"];
  async function view6([id], set) {
    const row = thing("mission", id);
    if (!row) return null;
    const { mission_role: roles, deployment, event } = await tables("mission_role", "deployment", "event");
    const name = nameOf("mission", id);
    const asked = unknowns();
    return {
      unknown: asked.list,
      title: fullName("mission", id),
      lead: [row.short_name, words(row.kind), row.hosts?.map((iso3) => nameOf("country", iso3)).join(", ")].filter(Boolean).join(" · "),
      body: [
        await strengthChart(id, name),
        await nationsCharts(id, name, set, asked, (state) => remember(["mission", id], state)),
        related(
          "Who has what part",
          "mission_role",
          roles.filter((r) => r.mission_id === id),
          ["iso3", "role", "start", "end"],
          { mission_id: id }
        ),
        related(
          "Deployments",
          "deployment",
          deployment.filter((r) => r.missions?.includes(id)).sort(newestFirst("as_of")),
          ["iso3", "as_of", "unit", "personnel", "location_iso3"],
          { missions: id }
        ),
        related(
          "Events",
          "event",
          event.filter((r) => r.missions?.includes(id)).sort(newestFirst("date")),
          ["date", "name", "kind", "iso3", "place"],
          { missions: id }
        ),
        h("h2", {}, "About the mission"),
        facts("mission", row, telling("mission")),
        h(
          "p",
          {},
          h(
            "a",
            { href: toRows("mission_contribution", { mission_id: id }) },
            `All contributions in the table ${tableTitle("mission_contribution")}`
          )
        )
      ]
    };
  }

  // src/views/overview.js
  var overview_exports = {};
  __export(overview_exports, {
    view: () => view7
  });
  var QUESTIONS = [
    ["How strong is KFOR, and who says so?", () => to(["mission", "kfor"]), "mission"],
    ["Who stood where towards NATO, on any day?", () => "#/map"],
    ["What happened when?", () => "#/timeline"],
    ["Which threats bear on whom?", () => "#/threats", "threat"],
    ["On what do documents disagree?", () => "#/conflicts", "conflict"],
    ["What changed since the last release?", () => "#/changes"]
  ];
  var muted = (text2) => h("span", { class: "muted" }, text2);
  var none2 = (name, row) => name === "pfp_status" && row.nato_status === "member" ? "left for membership" : "none recorded";
  var status = (name) => (row) => [
    h("span", { class: `swatch ${row[name] ?? "none"}` }),
    valueLink("country_profile", row, name, words(row[name])) || muted(none2(name, row)),
    row[`${name}_since`] ? [h("small", {}, " since "), valueLink("country_profile", row, `${name}_since`)] : null
  ];
  var count = (name) => (row) => row[name]?.length ? valueLink("country_profile", row, name, number(row[name].length)) : muted("none recorded");
  var GLANCE = [
    ["Country", (row) => thingLink("country", row.iso3)],
    ["NATO", status("nato_status")],
    ["European Union", status("eu_status")],
    ["Partnership for Peace", status("pfp_status")],
    ["Missions hosted", count("missions_hosted")],
    ["Missions staffed", count("missions_staffed")],
    ["Threats", count("threats")]
  ];
  async function view7() {
    const { country_profile: profiles, membership } = await tables("country_profile", "membership");
    const numbers2 = [
      ["documents", "document"],
      ["claims", "claim"],
      ["disagreements", "conflict"],
      ["dated things", "timeline"]
    ];
    return {
      title: about.dataset.title,
      lead: starred(about.dataset.description),
      body: [
        h(
          "ul",
          { class: "numbers" },
          numbers2.filter(([, t]) => about.tables[t]).map(
            ([name, t]) => h("li", {}, h("a", { href: to(["table", t]) }, h("strong", {}, number(about.tables[t].rows)), ` ${name}`))
          )
        ),
        h(
          "div",
          { class: "overview" },
          h(
            "div",
            {},
            h("h2", { class: "first" }, "Standing towards NATO"),
            swatches(
              [...new Set(profiles.map((row) => row.nato_status).filter(Boolean))].sort((a, b) => STRENGTH.indexOf(a) - STRENGTH.indexOf(b)).map((s) => [words(s), s])
            ),
            await smallMap(membership),
            mapNote()
          ),
          h(
            "section",
            { class: "questions" },
            h("h2", {}, "Questions it answers"),
            h(
              "ul",
              {},
              QUESTIONS.filter(([, , table]) => !table || about.tables[table]).map(
                ([text2, address]) => h("li", {}, h("a", { href: address() }, text2))
              )
            ),
            await strengthOf("kfor")
          )
        ),
        h("h2", {}, "The six at a glance"),
        h(
          "p",
          { class: "muted" },
          `As of ${dateWords(about.as_of)}, the dataset's cut-off date. ${afterMeans()} Every value leads to who says so.`
        ),
        scroller(
          plainTable(
            GLANCE,
            profiles.toSorted((a, b) => compare(a.name, b.name)),
            "The six at a glance"
          ),
          "Table"
        )
      ]
    };
  }
  async function strengthOf(missionId) {
    const chart3 = thing("mission", missionId) ? await strengthChart(missionId, nameOf("mission", missionId)) : null;
    chart3?.querySelector(".behind").replaceWith(
      h("p", {}, h("a", { href: to(["mission", missionId]) }, "Its table, by nation, and all that is recorded"))
    );
    return chart3;
  }
  async function smallMap(membership) {
    await rows("organisation");
    const nato = thing("organisation", "nato");
    const holder = h("div", { class: "map" });
    if (!nato) return holder;
    const found2 = new Map(
      six().map(({ iso3 }) => [iso3, standing(membership, nato, iso3, about.as_of).strongest?.status])
    );
    const shown2 = (iso3) => ({ kind: found2.get(iso3) ?? "none", text: words(found2.get(iso3) ?? "no status recorded") });
    let width = 0;
    const begin3 = turns();
    new ResizeObserver(async ([entry3]) => {
      const room = Math.round(entry3.contentRect.width);
      if (!room || Math.abs(room - width) < 8) return;
      width = room;
      const isLast = begin3();
      const map = await drawMap(width, shown2, (iso3) => to(["country", iso3]));
      if (isLast()) holder.replaceChildren(map);
    }).observe(holder);
    return holder;
  }

  // src/views/release.js
  var release_exports = {};
  __export(release_exports, {
    view: () => view8
  });
  var READING = [
    "An empty cell means not recorded, never zero.",
    "Dates are shown as they were written (EDTF): 2023-09 is a month, 2023~ roughly 2023, 2023? uncertain, 201X some year of that decade, 2009/.. open.",
    "Quantities: ~4,500 is approximate, >100 a bare lower bound, 60–80 a range. Neither a best value nor a bound is ever guessed.",
    "Every value was read in a document. Where documents differ, one value is published by a stated rule: rank, then the document's reliability (Admiralty grades A to F), then recency. The others are kept beside it.",
    "A value opens its claims: who says what, where, how reliable, and why this one stands. The permalink of a fact can be sent and cited."
  ];
  var KEYS = [
    ["Tab, Shift+Tab", "from one value, button or mark to the next"],
    ["Enter", "open what is said about a value"],
    ["Escape", "close it again, back to the value"],
    ["Arrow keys", "move the map's slider by a month, and scroll a table that has the focus"]
  ];
  async function view8() {
    const note2 = await block("citation");
    const licences = h("details", {}, h("summary", {}, "Licences of the code inside this page"));
    licences.addEventListener(
      "toggle",
      async () => licences.childElementCount === 1 && licences.append(h("pre", { class: "licences" }, await block("licences")))
    );
    return {
      title: "About this release",
      body: [
        h("p", { class: "lead" }, starred(about.dataset.description)),
        h("h2", {}, "How to cite it"),
        h("p", { class: "note" }, noteText(note2)),
        copyButton("Copy citation", async () => note2),
        h("p", {}, "To cite a fact, cite the document that its claim names: open the value, and copy the footnote."),
        h("h2", {}, "How to read it"),
        h(
          "ul",
          {},
          READING.map((line) => h("li", {}, line))
        ),
        h("p", {}, afterMeans()),
        h("h2", {}, "Note on status"),
        h("p", {}, `* Kosovo (XKX): ${statusNote()}`),
        h("h2", {}, "By keyboard"),
        h(
          "dl",
          { class: "keys" },
          KEYS.map(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])
        ),
        h("h2", {}, "Licences"),
        h(
          "p",
          {},
          "The data: ",
          outward(about.dataset.licence_url, about.dataset.licence),
          ". The page reaches for nothing outside itself: no server, no network, no tracking."
        ),
        licences
      ]
    };
  }

  // src/views/search.js
  var search_exports = {};
  __export(search_exports, {
    settings: () => settings4,
    view: () => view9
  });

  // src/facts_index.js
  var made = null;
  function index2() {
    made ??= Promise.all(
      Object.values(about.tables).filter((table) => table.isClaimed || table.isNamed).map(async ({ name }) => (await rows(name)).map((row) => entry(name, row)))
    ).then((lists) => lists.flat());
    return made;
  }
  function entry(table, row) {
    const text2 = rowWords(table, row);
    return { table, row, text: text2, length: text2.indexOf("\f") };
  }
  async function search(query) {
    const words2 = wordsOf(query);
    const all = await index2();
    const holders = words2.map(() => 0);
    let [most, found2] = [1, []];
    for (const fact of words2.length ? all : []) {
      const { points, fitting } = score(fact.text, words2);
      for (const i of fitting) holders[i] += 1;
      if (fitting.length > most) [most, found2] = [fitting.length, []];
      if (fitting.length === most) found2.push({ fact, points, fitting });
    }
    const rarity = ({ fitting }) => fitting.reduce((sum, i) => sum + 1 / holders[i], 0);
    for (const one of found2) one.rarity = rarity(one);
    const aside = ({ fact }) => about.tables[fact.table].isClaimed ? 0 : 1;
    found2.sort(
      (a, b) => b.rarity - a.rarity || b.points - a.points || aside(a) - aside(b) || a.fact.length - b.fact.length
    );
    return { facts: found2.map(({ fact }) => fact), fitting: most, words: words2 };
  }

  // src/readable.js
  function readable(table, name, row) {
    const { target: target2 } = columnOf(table, name);
    const ids = [row[name]].flat().filter((id) => id !== null && id !== void 0);
    if (isParty(name)) return ids.map(partyName).join(", ");
    return target2 ? ids.map((id) => nameOf(target2, id)).join(", ") : shown(table, name, row);
  }

  // src/views/search.js
  var FIRST2 = 40;
  var VALUES2 = 4;
  var LONGEST = 90;
  var settings4 = ["q"];
  async function view9(_, { q = "" }) {
    const holder = h("div");
    const begin3 = turns();
    const update = async (query, most = FIRST2) => {
      const isLast = begin3();
      const found2 = await search(query);
      if (isLast())
        replace(
          holder,
          results(query, found2, most, () => update(query, Infinity))
        );
    };
    await update(q);
    const field = document.querySelector(".find input");
    field.value = q;
    field.oninput = () => {
      if (!holder.isConnected) return;
      remember(["search"], { q: field.value });
      update(field.value);
    };
    return {
      title: "Search",
      lead: "Names, figures, dates and words of every fact: KFOR October 2023, 4,500, Montenegro cyber.",
      body: [holder]
    };
  }
  function results(query, found2, most, more) {
    const { facts: facts2 } = found2;
    const count2 = h("p", { class: "count", role: "status" }, said(query, found2));
    if (!facts2.length) return [count2, query.trim() ? elsewhere(query) : null];
    const isWhole = found2.fitting === found2.words.length;
    return [
      count2,
      h("ol", { class: "found" }, facts2.slice(0, most).map(entry2)),
      facts2.length > most ? h("button", { type: "button", onclick: more }, `Show all ${number(facts2.length)}`) : null,
      isWhole ? [h("h2", {}, "By table"), h("ul", { class: "by-table" }, byTable(query, facts2))] : null,
      elsewhere(query)
    ];
  }
  function said(query, { facts: facts2, fitting, words: words2 }) {
    if (!query.trim()) return "Write words in the field above.";
    if (!facts2.length) return `No fact has a word of “${query}”.`;
    if (fitting === words2.length) return `${plural(facts2.length, "fact")} for “${query}”.`;
    return `No fact has all words of “${query}”; ${plural(facts2.length, "fact")} with ${fitting} of ${words2.length}.`;
  }
  function entry2({ table, row }) {
    const key = keyOf(table, row);
    const page = pageOf(table, row);
    const title = rowTitle(table, key);
    return h(
      "li",
      {},
      markedRow(row, page ? h("a", { href: page }, title) : factLink(table, key, null, title)),
      h("small", {}, ` ${tableTitle(table)}`),
      h("span", { class: "line muted" }, values2(table, row, title))
    );
  }
  var isAddress = (value) => /^https?:/.test(value);
  function values2(table, row, title) {
    const { columns: columns2, key, isClaimed } = about.tables[table];
    const told2 = columns2.filter(
      (c) => !key.includes(c.name) && !isExpansion(c) && !isCounted(c.name) && !["csl", "text_sha256"].includes(c.name)
    );
    const isNew = ({ name }) => ![title, ""].includes(readable(table, name, row)) && !isAddress(row[name]);
    return told2.filter(isNew).slice(0, VALUES2).map(({ name }, i) => {
      const text2 = readable(table, name, row);
      const short = text2.length > LONGEST ? `${text2.slice(0, LONGEST).trimEnd()}…` : text2;
      return [i ? " · " : "", `${columnTitle(table, name)} `, isClaimed ? valueLink(table, row, name, short) : short];
    });
  }
  var byTable = (q, found2) => [...Map.groupBy(found2, (fact) => fact.table)].map(
    ([table, own2]) => h("li", {}, h("a", { href: to(["table", table], { q }) }, `${tableTitle(table)}: ${plural(own2.length, "row")}`))
  );
  var elsewhere = (q) => about.tables.claim ? h("p", {}, h("a", { href: to(["table", "claim"], { q }) }, "Search the claims for it too: who says what, where")) : null;

  // src/views/table.js
  var table_exports = {};
  __export(table_exports, {
    list: () => list3,
    parts: () => parts5,
    settings: () => settings5,
    view: () => view10
  });

  // src/cells.js
  var cell2 = (table, name, row) => markedDate(row, name, plainCell2(table, name, row));
  function plainCell2(table, name, row) {
    const { target: target2, type, field } = columnOf(table, name);
    const value = row[name];
    if (value === null || value === void 0)
      return isEmptyQuantity(table, name, row) ? "" : valueLink(table, row, name);
    const isKey = about.tables[table].key.includes(name);
    if (table === "change" || table === "claim" || table === "conflict") return foreignCell(table, name, row);
    if (name === "document_id" && table === "document") return h("a", { href: toThing("document", value) }, value);
    const parts7 = isParty(name) ? names(value, (id) => partyKind(id)) : target2 ? names(value, () => target2) : null;
    const text2 = parts7 ?? shown(table, name, row);
    if (!about.tables[table].key.length) return text2;
    return h(
      "a",
      {
        class: `value${isKey ? " key" : ""}${!parts7 && isShort(text2) ? " short" : ""}${type === "BIGINT" || type === "DOUBLE" ? " number" : ""}`,
        "data-panel": true,
        title: parts7 ? null : technical(text2, row[name]),
        href: toFact(table, keyOf(table, row), isOfRow(table, name) ? void 0 : field)
      },
      text2
    );
  }
  var isEmptyQuantity = (table, name, row) => shown(table, name, row) === "";
  var names = (value, kind) => [value].flat().map((id, i) => {
    const [target2, before] = [kind(id), i ? "; " : ""];
    const called = target2 ? nameOf(target2, id) : id;
    return called === id || target2 === "document" ? `${before}${id}` : [`${before}${called} `, h("small", {}, id)];
  });
  var technical = (text2, value) => text2 === asText(value) || typeof value !== "string" ? null : value;
  function titled(table, name, row, where2) {
    const value = row[name];
    if (name === "table" || name === "table_name") return tableTitle(value);
    if (name === "column" || name === "column_name") return columnTitle(where2, value);
    if ((name === "key" || name === "row_key") && about.tables[where2]) return rowTitle(where2, value);
    return shown(table, name, row);
  }
  function foreignCell(table, name, row) {
    const [where2, key, column] = [row.table ?? row.table_name, row.key ?? row.row_key, row.column ?? row.column_name];
    const text2 = titled(table, name, row, where2);
    const title = technical(text2, row[name]);
    const leads = ["key", "row_key", "column", "column_name", "value", "published_value", "old", "new"].includes(name);
    if (name === "document_id" || name === "origin_document_id")
      return thing("document", text2) ? h("a", { href: toThing("document", text2) }, text2) : text2;
    if (!leads || !key || !about.tables[where2] || !text2) return title ? h("span", { title }, text2) : text2;
    const field = columnOf(where2, column)?.field ?? column;
    return h(
      "a",
      { class: "value", "data-panel": true, title, href: toFact(where2, key, name.endsWith("key") ? void 0 : field) },
      text2
    );
  }

  // src/grid_model.js
  var ALL = "(all)";
  var EXACT = "=";
  var PAGE2 = 50;
  var MOST_CHOICES = 16;
  function sortable(table, name, row) {
    const value = row[name];
    if (isQuantity(table, name)) return value ?? row[`${name}_low`] ?? row[`${name}_high`] ?? void 0;
    if (`${name}_earliest` in row) return row[`${name}_earliest`] ?? row[`${name}_latest`] ?? void 0;
    if (value === null) return void 0;
    return typeof value === "number" || typeof value === "boolean" ? Number(value) : shown(table, name, row);
  }
  var compared = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : compare(a, b);
  function choices(table, name, rows2) {
    const found2 = /* @__PURE__ */ new Set();
    for (const row of rows2) {
      for (const value of [row[name]].flat()) if (value !== null && value !== void 0) found2.add(`${value}`);
      if (found2.size > MOST_CHOICES) return null;
    }
    return [...found2].sort(compare);
  }
  function model(table, names3, rows2, chosen, settings8, changed) {
    const column = (name) => ({
      id: name,
      accessorFn: (row) => sortable(table, name, row),
      sortUndefined: "last",
      sortingFn: (a, b, id) => compared(a.getValue(id), b.getValue(id)),
      filterFn: (row, _, wanted) => chosen.has(name) || wanted.startsWith(EXACT) ? [row.original[name]].flat().some((value) => `${value}` === (chosen.has(name) ? wanted : wanted.slice(1))) : folded2(cellWords(table, name, row.original)).includes(folded2(wanted))
    });
    const all = {
      id: ALL,
      accessorFn: (row) => rowWords(table, row),
      filterFn: (row, id, wanted) => fitsAll(row.getValue(id), wordsOf(wanted))
    };
    const grid2 = createTable({
      data: rows2,
      columns: [...names3.map(column), all],
      renderFallbackValue: null,
      state: {},
      onStateChange: () => {
      },
      getCoreRowModel: getCoreRowModel(),
      getFilteredRowModel: getFilteredRowModel(),
      getSortedRowModel: getSortedRowModel(),
      getPaginationRowModel: getPaginationRowModel(),
      autoResetPageIndex: false
    });
    let state = { ...grid2.initialState, ...fromSettings(settings8, new Set(names3), chosen) };
    const apply = () => grid2.setOptions((before) => ({ ...before, state, onStateChange: change }));
    const change = (update) => {
      state = typeof update === "function" ? update(state) : update;
      apply();
      changed();
    };
    apply();
    return grid2;
  }
  function fromSettings(settings8, names3, chosen) {
    const filters = Object.entries(settings8).filter(([name]) => name.startsWith("f.") && names3.has(name.slice(2)));
    const columnFilters = filters.map(([name, value]) => ({ id: name.slice(2), value })).map(({ id, value }) => ({ id, value: chosen.has(id) && value.startsWith(EXACT) ? value.slice(1) : value }));
    if (settings8.q) columnFilters.push({ id: ALL, value: settings8.q });
    const sort = settings8.sort ?? "";
    const sorting = names3.has(sort.replace(/^-/, "")) ? [{ id: sort.replace(/^-/, ""), desc: sort.startsWith("-") }] : [];
    const pageIndex = Math.max(0, (Number.parseInt(settings8.page ?? "1", 10) || 1) - 1);
    return { columnFilters, sorting, pagination: { pageIndex, pageSize: PAGE2 } };
  }
  function asSettings(grid2, all) {
    const { columnFilters, sorting, pagination } = grid2.getState();
    const filters = columnFilters.filter((f) => f.id !== ALL).map((f) => [`f.${f.id}`, f.value]);
    const set = {
      q: columnFilters.find((f) => f.id === ALL)?.value,
      ...Object.fromEntries(filters),
      sort: sorting.map((s) => `${s.desc ? "-" : ""}${s.id}`).join(),
      page: pagination.pageIndex ? `${pagination.pageIndex + 1}` : "",
      columns: all ? "all" : ""
    };
    return Object.fromEntries(Object.entries(set).filter(([, value]) => value));
  }

  // src/grid_settings.js
  var columnIn = (name, value) => name === "sort" ? value.replace(/^-/, "") : name.startsWith("f.") ? name.slice(2) : null;
  var columnsIn = (set) => Object.entries(set).map(([name, value]) => columnIn(name, value));
  var asksForExpansion = (table, set) => columnsIn(set).some((column) => isOwn(table, column) && isExpansion(columnOf(table, column)));
  var isOwn = (table, column) => columnOf(table, column) !== void 0;
  function knownOnly(table, set, chosen, say) {
    const kept3 = {};
    for (const [name, value] of Object.entries(set)) {
      const column = columnIn(name, value);
      const wanted = value.replace(/^=/, "");
      if (column && !isOwn(table, column)) say(`In the table ${tableTitle(table)}, the column`, column);
      else if (name.startsWith("f.") && wanted && chosen.has(column) && !chosen.get(column).includes(wanted))
        say(`As ${columnTitle(table, column)}, the value`, wanted);
      else if (name === "page" && !/^[1-9]\d*$/.test(value)) say("The page", value);
      else if (name === "columns" && value !== "all") say("For columns,", value);
      else kept3[name] = value;
    }
    return kept3;
  }

  // src/grid.js
  var WAIT = 150;
  function typing() {
    let timer = 0;
    const waiting = /* @__PURE__ */ new Map();
    const flush = () => {
      clearTimeout(timer);
      const due = [...waiting];
      waiting.clear();
      for (const [act, value] of due) act(value);
    };
    const whenIdle = (act) => (event) => {
      clearTimeout(timer);
      waiting.set(act, event.target.value);
      timer = setTimeout(flush, WAIT);
    };
    return { flush, whenIdle };
  }
  async function grid(table, set, keep2, say = () => {
  }) {
    const rows2 = await rows(table);
    const { columns: columns2 } = about.tables[table];
    const all = set.columns === "all" || asksForExpansion(table, set);
    const names3 = columns2.filter((column) => all || !isExpansion(column)).map((column) => column.name);
    const chosen = new Map(names3.map((name) => [name, choices(table, name, rows2)]).filter(([, list4]) => list4?.length));
    const parts7 = {
      count: h("p", { class: "count", role: "status" }),
      body: h("tbody"),
      pages: h("div", { class: "pages" }),
      head: /* @__PURE__ */ new Map()
    };
    const show2 = () => {
      showRows(parts7, table, names3, shownBy);
      keep2(asSettings(shownBy, all));
    };
    const shownBy = model(table, names3, rows2, new Set(chosen.keys()), knownOnly(table, set, chosen, say), show2);
    const last = Math.max(0, shownBy.getPageCount() - 1);
    if (shownBy.getState().pagination.pageIndex > last) {
      say("The page", set.page, "the last one is shown");
      shownBy.setPageIndex(last);
    }
    const { flush, whenIdle } = typing();
    const element = h(
      "div",
      { class: "grid" },
      toolbar(table, shownBy, parts7, all, keep2, columns2, whenIdle),
      h(
        "div",
        { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table ${tableTitle(table)}` },
        h(
          "table",
          { class: "data" },
          h("caption", { class: "offscreen" }, about.tables[table].description),
          header(table, names3, shownBy, parts7, chosen, whenIdle),
          parts7.body
        )
      ),
      parts7.pages
    );
    element.addEventListener("click", flush, { capture: true });
    showRows(parts7, table, names3, shownBy);
    return element;
  }
  function toolbar(table, shownBy, parts7, all, keep2, columns2, whenIdle) {
    const search2 = h("input", {
      type: "search",
      class: "search",
      placeholder: "Search this table",
      "aria-label": "Search this table",
      oninput: whenIdle((value) => filter(shownBy, ALL, value))
    });
    search2.value = shownBy.getColumn(ALL).getFilterValue() ?? "";
    const found2 = () => shownBy.getSortedRowModel().rows.map((row) => row.original);
    const every = columns2.map((column) => column.name);
    const save = (kind, type, write) => () => download(`${table}.${kind}`, type, write(every, found2()));
    return h(
      "div",
      { class: "toolbar" },
      search2,
      parts7.count,
      h(
        "button",
        { type: "button", class: "small", onclick: () => keep2({ ...asSettings(shownBy, !all) }, true) },
        all ? "Fewer columns" : "All columns"
      ),
      h("button", { type: "button", class: "small", onclick: () => keep2({}, true) }, "Reset"),
      h("button", { type: "button", class: "small", onclick: save("csv", "text/csv", asCsv) }, "Download CSV"),
      h("button", { type: "button", class: "small", onclick: save("json", "application/json", asJson) }, "Download JSON")
    );
  }
  function filter(shownBy, name, value) {
    shownBy.getColumn(name).setFilterValue(value || void 0);
    shownBy.setPageIndex(0);
  }
  function header(table, names3, shownBy, parts7, chosen, whenIdle) {
    const heads = names3.map((name) => {
      const title = columnTitle(table, name);
      const button = h(
        "button",
        { type: "button", title: columnHint(table, name), onclick: () => shownBy.getColumn(name).toggleSorting() },
        title
      );
      const head = h("th", { scope: "col" }, button, title === name ? null : h("small", {}, name));
      parts7.head.set(name, head);
      return head;
    });
    const filters = names3.map((name) => h("td", {}, filterFor(table, name, shownBy, chosen.get(name), whenIdle)));
    const open2 = about.tables[table].key.length ? [h("th", { scope: "col" }, h("span", { class: "offscreen" }, "Row"))] : [];
    const gap = open2.length ? [h("td")] : [];
    return h("thead", {}, h("tr", {}, open2, heads), h("tr", { class: "filters" }, gap, filters));
  }
  function filterFor(table, name, shownBy, list4, whenIdle) {
    const now = shownBy.getColumn(name).getFilterValue() ?? "";
    const label = `Filter ${columnTitle(table, name)}`;
    if (!list4) {
      const input = h("input", {
        type: "text",
        "aria-label": label,
        placeholder: "filter",
        oninput: whenIdle((value) => filter(shownBy, name, value))
      });
      input.value = now;
      return input;
    }
    const select = h(
      "select",
      { "aria-label": label, onchange: (event) => filter(shownBy, name, event.target.value) },
      h("option", { value: "" }, "all"),
      list4.map((value) => h("option", { value }, read(value)))
    );
    select.value = now;
    return select;
  }
  var LONG = 30;
  function gridCell(table, name, row) {
    const made2 = h("td", {}, cell2(table, name, row));
    if (made2.textContent.length > LONG) made2.className = "long";
    return made2;
  }
  function showRows(parts7, table, names3, shownBy) {
    const { pagination } = shownBy.getState();
    const total = shownBy.getFilteredRowModel().rows.length;
    const page = shownBy.getRowModel().rows;
    parts7.count.textContent = `${number(total)} of ${number(shownBy.getCoreRowModel().rows.length)} rows`;
    const keyed = about.tables[table].key.length > 0;
    replace(
      parts7.body,
      page.map(
        ({ original }) => h(
          "tr",
          {},
          keyed ? h("td", { class: "open" }, rowLink(table, original, "Open")) : null,
          names3.map((name) => gridCell(table, name, original))
        )
      )
    );
    for (const [name, head] of parts7.head) {
      const sorted = shownBy.getColumn(name).getIsSorted();
      head.setAttribute("aria-sort", sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none");
    }
    const first = pagination.pageIndex * pagination.pageSize;
    const turn = (label, can, to2) => {
      const button = h("button", { type: "button", class: "small", onclick: () => shownBy.setPageIndex(to2) }, label);
      button.disabled = !can;
      return button;
    };
    replace(
      parts7.pages,
      turn("Previous", shownBy.getCanPreviousPage(), pagination.pageIndex - 1),
      h(
        "span",
        {},
        total ? `Rows ${number(first + 1)} to ${number(first + page.length)} of ${number(total)}` : "No row fits"
      ),
      turn("Next", shownBy.getCanNextPage(), pagination.pageIndex + 1)
    );
  }

  // src/views/table.js
  var technical2 = (name) => h("small", { class: "line" }, h("code", {}, name));
  var list3 = {
    async view() {
      const columns2 = [
        ["Table", (t) => [h("a", { href: to(["table", t.name]) }, capital(tableTitle(t.name))), technical2(t.name)]],
        ["What it holds", (t) => t.description],
        ["Rows", (t) => h("span", { class: "number" }, number(t.rows))],
        ["Key", (t) => t.key.map((name, i) => [i ? ", " : "", columnName(t.name, name)])]
      ];
      const [claimed, computed] = [true, false].map(
        (is) => Object.values(about.tables).filter((t) => t.isClaimed === is)
      );
      return {
        title: "Tables",
        lead: "Every table of the release: search, sort, filter and download it; every value leads to its claims.",
        body: [
          h("h2", {}, "What documents say"),
          scroller(plainTable(columns2, claimed, "Tables of claims"), "Table"),
          h("h2", {}, "What follows from it, and where it was read"),
          scroller(plainTable(columns2, computed, "Other tables"), "Table")
        ]
      };
    }
  };
  var parts5 = 3;
  var settings5 = ["q", "sort", "page", "columns", "f."];
  async function view10([name, key, column], set) {
    if (!Object.hasOwn(about.tables, name ?? "")) return null;
    const { list: list4, say } = unknowns();
    if (key) {
      const fact = await factParts(...known2(name, key, column, say));
      return fact ? { ...fact, unknown: list4 } : noRow(name, key);
    }
    const { description, left_out: isLeftOut } = about.tables[name];
    const said2 = [h("p", { class: "muted" }, "In queries and files: ", h("code", {}, name)), dictionary(name)];
    const title = capital(tableTitle(name));
    if (isLeftOut) return { title, lead: description, body: said2 };
    const holder = h("div");
    const begin3 = turns();
    const keep2 = async (kept3, anew) => {
      remember(["table", name], kept3);
      if (!anew) return;
      const isLast = begin3();
      const made2 = await grid(name, { ...kept3 }, keep2);
      if (isLast()) replace(holder, made2);
    };
    replace(holder, await grid(name, set, keep2, say));
    return { unknown: list4, title, lead: description, body: [...said2, holder] };
  }
  var dictionary = (name) => h(
    "details",
    { class: "dictionary" },
    h("summary", {}, "What its columns mean"),
    scroller(
      plainTable(
        [
          ["Column", (c) => [columnTitle(name, c.name), technical2(c.name)]],
          ["Type", (c) => c.type],
          ["Meaning", (c) => [c.description, c.unit ? ` Unit: ${c.unit}.` : ""]],
          [
            "Codes",
            (c) => c.codes ? h(
              "dl",
              { class: "codes" },
              Object.entries(c.codes).map(([code, said2]) => [
                h("dt", {}, h("code", {}, code)),
                h("dd", {}, said2)
              ])
            ) : ""
          ]
        ],
        about.tables[name].columns,
        `Columns of ${tableTitle(name)}`
      ),
      "What its columns mean"
    )
  );
  function known2(name, key, column, say) {
    const isColumn = !column || columnOf(name, column) !== void 0;
    if (!isColumn) say(`In the table ${tableTitle(name)}, the column`, column, "the row is shown as a whole");
    return [name, key, isColumn ? column : void 0];
  }
  var noRow = (name, key) => ({
    title: "Not in this release",
    body: [
      h("p", {}, `The table ${tableTitle(name)} of release ${about.version} has no row `, h("code", {}, key), "."),
      about.tables[name].key.length ? h("p", {}, "A key is written ", h("code", {}, about.tables[name].key.map((c) => `${c}=…`).join("|")), ".") : "",
      h("p", {}, h("a", { href: to(["table", name]) }, `All rows of the table ${tableTitle(name)}`))
    ]
  });

  // src/views/threat.js
  var threat_exports = {};
  __export(threat_exports, {
    parts: () => parts6,
    view: () => view11
  });
  var parts6 = 1;
  async function view11([id]) {
    const row = thing("threat", id);
    if (!row) return null;
    const { threat_exposure: exposure, event } = await tables("threat_exposure", "event");
    const key = `threat_id=${id}`;
    const note2 = await factNote(await claimsOf("threat", key), "threat", key);
    return {
      title: row.name,
      lead: [words(row.category), row.actor_id && nameOf("actor", row.actor_id)].filter(Boolean).join(" · "),
      body: [
        facts("threat", row, telling("threat")),
        h(
          "section",
          { class: "cite" },
          h("h2", {}, "Footnote"),
          h("p", { class: "note" }, noteText(note2)),
          h(
            "div",
            { class: "tools" },
            copyButton("Copy footnote", async () => note2),
            copyButton("Copy permalink", async () => permalink(to(["threat", id])))
          )
        ),
        related(
          "On whom it bears",
          "threat_exposure",
          exposure.filter((r) => r.threat_id === id),
          ["iso3", "channel", "nato_status", "n_events"],
          { threat_id: id }
        ),
        related(
          "Events",
          "event",
          event.filter((r) => r.threats?.includes(id)).sort(newestFirst("date")),
          ["date", "name", "kind", "iso3", "place"],
          { threats: id }
        )
      ]
    };
  }

  // src/views/threats.js
  var threats_exports = {};
  __export(threats_exports, {
    settings: () => settings6,
    view: () => view12
  });
  var settings6 = ["country", "actor", "category"];
  async function view12(_, set) {
    const { threat, threat_exposure: exposure, event } = await tables("threat", "threat_exposure", "event");
    const used = (name) => [...new Set(threat.map((t) => t[name]).filter(Boolean))].sort();
    const asked = unknowns();
    const codes = six().map((c) => c.iso3);
    const state = {
      country: asked.oneOf("The country", set.country, codes) ?? "",
      actor: asked.oneOf("The actor", set.actor, [...used("actor_id"), "none"]) ?? "",
      category: asked.oneOf("The category", set.category, used("category")) ?? ""
    };
    const holder = h("div");
    const draw = () => {
      remember(["threats"], state);
      const shown2 = threat.filter(
        (t) => (!state.category || t.category === state.category) && (!state.actor || (state.actor === "none" ? !t.actor_id : t.actor_id === state.actor)) && (!state.country || exposure.some((e) => e.threat_id === t.threat_id && e.iso3 === state.country))
      );
      shown2.sort((a, b) => compare(a.category, b.category) || compare(a.name, b.name));
      const countries = six().filter((c) => !state.country || c.iso3 === state.country);
      replace(
        holder,
        h("p", { class: "count", role: "status" }, `${plural(shown2.length, "threat")} of ${threat.length}`),
        scroller(matrix(shown2, exposure, countries), "Threats by country"),
        chart2(shown2, event, countries)
      );
    };
    const among = (name, label, options) => choice(label, [["", "all"], ...options], state[name], (value) => {
      state[name] = value;
      draw();
    });
    draw();
    return {
      unknown: asked.list,
      title: "Threats",
      lead: "What documents describe as bearing on the security of the six: by country, by whose threat it is, and by category.",
      body: [
        h(
          "div",
          { class: "controls" },
          among(
            "country",
            "Country",
            six().map((c) => [c.iso3, nameOf("country", c.iso3)])
          ),
          among("actor", "Actor", [
            ...used("actor_id").map((id) => [id, nameOf("actor", id)]),
            ["none", "no actor named"]
          ]),
          among(
            "category",
            "Category",
            used("category").map((c) => [c, words(c)])
          )
        ),
        holder
      ]
    };
  }
  function matrix(shown2, exposure, countries) {
    const at = (t, c) => exposure.find((e) => e.threat_id === t.threat_id && e.iso3 === c.iso3);
    const columns2 = [
      [
        "Category",
        (t) => h(
          "span",
          { title: columnOf("threat", "category").codes?.[t.category] },
          valueLink("threat", t, "category", capital(words(t.category)))
        )
      ],
      ["Threat", (t) => thingLink("threat", t.threat_id)],
      [
        "Actor",
        (t) => t.actor_id ? valueLink("threat", t, "actor_id", nameOf("actor", t.actor_id)) : h("span", { class: "muted" }, "none named")
      ],
      ...countries.map((c) => [
        nameOf("country", c.iso3),
        (t) => {
          const row = at(t, c);
          return row ? h(
            "span",
            { class: row.channel === "region_wide" && !row.n_events ? "bears wide" : "bears" },
            rowLink(
              "threat_exposure",
              row,
              row.n_events ? plural(row.n_events, "event") : words(row.channel ?? "yes")
            )
          ) : "";
        }
      ])
    ];
    return plainTable(columns2, shown2, "Threats by country");
  }
  function chart2(shown2, events, countries) {
    const codes = new Set(countries.map((c) => c.iso3));
    const own2 = events.filter((e) => e.date_earliest && e.threats?.length && codes.has(e.iso3));
    const points = shown2.flatMap(
      (t) => own2.filter((e) => e.threats.includes(t.threat_id)).map((e) => ({ threat: t, event: e, x: /* @__PURE__ */ new Date(`${e.date_earliest}T00:00:00Z`) }))
    );
    if (!points.length) return null;
    const said2 = (p) => `${dateWords(p.event.date)}: ${starred(p.event.name)}${lateWords(p.event)}`;
    const short = (text2) => text2.length > 46 ? `${text2.slice(0, 45).trimEnd()}…` : text2;
    return figure({
      title: "Events that belong to these threats",
      rows: points.toSorted((a, b) => a.x - b.x),
      file: "threat-events",
      note: "One mark per event on record; none recorded does not mean none happened.",
      draw: (width) => {
        const lane = (p) => width < 560 ? capital(words(p.threat.category)) : short(starred(p.threat.name));
        return {
          height: 50 + 34 * new Set(points.map(lane)).size,
          marginLeft: width < 560 ? 112 : 290,
          marginTop: 8,
          x: { type: "utc", label: null, grid: true },
          y: { label: null, tickSize: 0, axis: null },
          fy: { label: null, axis: "left", tickSize: 0, padding: 0 },
          marks: [
            Plot.frame({ stroke: "var(--rule)", anchor: "bottom" }),
            Plot.dot(
              points,
              Plot.dodgeY("middle", {
                x: "x",
                fy: lane,
                r: 4,
                fill: "var(--warn)",
                fillOpacity: 0.85,
                title: said2,
                ariaLabel: said2,
                href: (p) => toFact("event", keyOf("event", p.event)),
                target: "_self"
              })
            ),
            Plot.tip(
              points,
              Plot.pointer({ x: "x", fy: lane, title: said2, fill: "var(--paper)", stroke: "var(--rule)" })
            )
          ]
        };
      },
      columns: [
        ["Date", (p) => markedDate(p.event, "date", valueLink("event", p.event, "date", dateWords(p.event.date)))],
        ["Event", (p) => rowLink("event", p.event, p.event.name)],
        ["Country", (p) => thingLink("country", p.event.iso3)],
        ["Threat", (p) => thingLink("threat", p.threat.threat_id)],
        ["Actor", (p) => thing("actor", p.threat.actor_id) ? nameOf("actor", p.threat.actor_id) : ""]
      ]
    });
  }

  // src/views/timeline.js
  var timeline_exports = {};
  __export(timeline_exports, {
    settings: () => settings7,
    view: () => view13
  });

  // src/narrow_names.js
  function broken(name, most) {
    const lines = [""];
    for (const word of name.split(" ")) {
      const line = `${lines.at(-1)} ${word}`.trim();
      if (line.length > most && lines.at(-1)) lines.push(word);
      else lines[lines.length - 1] = line;
    }
    return lines.join("\n");
  }

  // src/spells_chart.js
  var RUNS_ON = "A bar without an end runs on to the cut-off date; what begins after it is not drawn. Where two spells hold at once, the later lies over the earlier.";
  var NARROW = 560;
  var spanOf = ({ start: start2, end }) => `${dateWords(start2)} to ${dateWords(end) || "the cut-off date"}`;
  var utc = (iso) => /* @__PURE__ */ new Date(`${iso}T00:00:00Z`);
  async function spells() {
    const { membership, mission } = await tables("membership", "mission");
    const own2 = new Set(six().map((c) => c.iso3));
    const end = utc(about.as_of);
    const bar = (table, row, lane2, kind, text2) => ({
      table,
      row,
      lane: lane2,
      kind,
      text: text2,
      x1: utc(row.start_earliest),
      x2: row.end_latest ? utc(row.end_latest) : end
    });
    const towards = membership.filter(
      (m) => own2.has(m.iso3) && ["nato", "eu"].includes(m.organisation_id) && !isAfter(m, "start")
    );
    const lane = (m) => `${nameOf("country", m.iso3)} · ${m.organisation_id === "nato" ? "NATO" : "EU"}`;
    const standings = towards.filter((m) => m.start_earliest).map((m) => bar("membership", m, lane(m), m.status, words(m.status)));
    const called = (m) => nameOf("mission", m.mission_id);
    const begun = mission.filter((m) => !isAfter(m, "start"));
    const missions = begun.filter((m) => m.start_earliest).map((m) => bar("mission", m, called(m), "mission", called(m)));
    const startless = (list4, said2) => list4.filter((m) => !m.start_earliest).map(said2);
    return [
      spellChart(
        "Standing of the six towards NATO and the EU",
        standings.sort((a, b) => a.x1 - b.x1),
        true,
        startless(towards, (m) => `${lane(m)}: ${words(m.status)}`)
      ),
      spellChart(
        "Missions from start to end",
        missions.sort((a, b) => a.x1 - b.x1),
        false,
        startless(begun, called)
      )
    ];
  }
  function spellChart(title, bars2, coloured, undrawn) {
    if (!bars2.length) return null;
    const lanes = [...new Set(bars2.map((b) => b.lane))];
    if (coloured) lanes.sort();
    const said2 = (b) => `${b.lane}: ${b.text}, ${spanOf(b.row)}`;
    const kinds = [...new Set(bars2.map((b) => b.kind))];
    return figure({
      title,
      rows: bars2,
      file: coloured ? "standings" : "missions",
      legend: coloured ? swatches(kinds.map((kind) => [words(kind), kind])) : null,
      note: [RUNS_ON, undrawn.length ? `Not drawn, for want of a recorded start: ${undrawn.join("; ")}.` : ""].join(" "),
      draw: (width) => ({
        height: 40 + lanes.length * (width < NARROW ? 36 : 22),
        marginLeft: width < NARROW ? 4 : 270,
        marginTop: 4,
        x: { type: "utc", label: null, grid: true },
        y: { label: null, domain: lanes, tickSize: 0, axis: width < NARROW ? null : "left" },
        marks: [
          width < NARROW ? names2(lanes) : null,
          Plot.barX(bars2, {
            x1: "x1",
            x2: "x2",
            y: "lane",
            fill: (b) => `var(--status-${b.kind})`,
            insetTop: width < NARROW ? 18 : 4,
            insetBottom: 4,
            title: said2,
            ariaLabel: said2,
            href: (b) => toFact(b.table, keyOf(b.table, b.row)),
            target: "_self"
          }),
          Plot.tip(bars2, Plot.pointer({ x: "x1", y: "lane", title: said2, fill: "var(--paper)", stroke: "var(--rule)" }))
        ]
      }),
      columns: [
        ["What", (b) => rowLink(b.table, b.row, b.lane)],
        ["Standing", (b) => coloured ? b.text : ""],
        ["From", (b) => dateWords(b.row.start)],
        ["To", (b) => dateWords(b.row.end) || "runs on"]
      ]
    });
  }
  var names2 = (lanes) => Plot.text(lanes, {
    y: (name) => name,
    text: (name) => name,
    frameAnchor: "left",
    textAnchor: "start",
    dy: -9,
    fill: "var(--ink)",
    stroke: "var(--paper)",
    strokeWidth: 3
  });

  // src/timeline_groups.js
  var GROUPS = [
    ["membership", "Memberships", /^membership/],
    ["milestone", "Milestones", /^milestone/],
    ["mission", "Missions", /^mission/],
    ["event", "Events", /^event/],
    ["threat", "Threats", /^threat/],
    ["policy", "Policies", /^policy/],
    ["dealing", "Dealings and facilities", /^(relation|facility)/],
    ["organisation", "Organisations", /^organisation/]
  ];
  var RARE = 0.03;
  var OTHER = "other";
  var own = (kind) => GROUPS.find(([, , pattern]) => pattern.test(kind))?.[0] ?? OTHER;
  function grouped(kinds) {
    const count2 = Map.groupBy(kinds, own);
    const isCommon = (id) => (count2.get(id)?.length ?? 0) >= RARE * kinds.length;
    const common = GROUPS.filter(([id]) => isCommon(id)).map(([id, name]) => [id, name]);
    const isAny = kinds.some((kind) => !isCommon(own(kind)) || own(kind) === OTHER);
    const of = (id) => common.some(([one]) => one === id) ? id : OTHER;
    return {
      list: isAny ? [...common, [OTHER, "Other"]] : common,
      groupOf: (kind) => of(own(kind)),
      known: [...GROUPS.map(([id]) => id), OTHER],
      of
    };
  }

  // src/views/timeline.js
  var WHOLE = "The region and beyond";
  var utc2 = (iso) => /* @__PURE__ */ new Date(`${iso}T00:00:00Z`);
  var LANES = ["country", "kind"];
  var settings7 = ["from", "to", "country", "off", "q", "lanes"];
  function stateOf(set, groups, asked) {
    const year = (name, usual) => {
      if (!set[name] || /^\d{4}$/.test(set[name])) return set[name] || usual;
      asked.say("The year", set[name]);
      return usual;
    };
    const codes = six().map((c) => c.iso3);
    const off = (set.off ?? "").split(",").filter((id) => asked.oneOf("The kind of dated things", id, groups.known));
    return {
      from: year("from", "1990"),
      to: year("to", about.as_of.slice(0, 4)),
      country: asked.oneOf("The country", set.country, codes) ?? "",
      off: [...new Set(off.map(groups.of))].join(),
      q: set.q ?? "",
      lanes: asked.oneOf("As rows of the chart,", set.lanes, LANES) || LANES[0]
    };
  }
  async function view13(_, set) {
    const all = await rows("timeline");
    const groups = grouped(all.map((row) => row.kind));
    const dated = all.filter((row) => row.date_earliest).map((row) => ({ row, group: groups.groupOf(row.kind), x: utc2(row.date_earliest) }));
    const asked = unknowns();
    const state = stateOf(set, groups, asked);
    const undated = all.length - dated.length;
    const holder = h("div");
    const draw = () => {
      remember(["timeline"], { ...state, lanes: state.lanes === LANES[0] ? null : state.lanes });
      const off = new Set(state.off.split(",").filter(Boolean));
      const shown2 = dated.filter(
        ({ row, group }) => !off.has(group) && row.date_earliest.slice(0, 4) >= state.from && row.date_earliest.slice(0, 4) <= state.to && (!state.country || row.iso3 === state.country) && (!state.q || folded2(row.label).includes(folded2(state.q)))
      );
      shown2.sort((a, b) => a.x - b.x || compare(a.row.label, b.row.label));
      replace(
        holder,
        h("p", { class: "count", role: "status" }, `${plural(shown2.length, "dated thing")} of ${number(all.length)}.`),
        undated ? h("p", { class: "muted" }, notDrawn(undated)) : null,
        shown2.length ? dots2(shown2, state, groups.list) : null
      );
    };
    draw();
    return {
      unknown: asked.list,
      title: "Timeline",
      lead: "Every dated thing on record: memberships, milestones, missions, policies and events. Each mark leads to its source.",
      body: [controls2(state, draw, groups.list), holder, await spells()]
    };
  }
  var notDrawn = (count2) => [
    `${number(count2)} without a first day ${count2 === 1 ? "has" : "have"} no place on a line of time; `,
    h("a", { href: to(["table", "timeline"]) }, "the table has them all"),
    "."
  ];
  function controls2(state, draw, groups) {
    const field = (name, label, input) => {
      input.value = state[name];
      input.addEventListener("input", () => {
        state[name] = input.value;
        draw();
      });
      return h("label", {}, `${label} `, input);
    };
    const year = () => h("input", { type: "number", min: 1900, max: 2100, class: "year" });
    const off = new Set(state.off.split(",").filter(Boolean));
    const box = ([group, name]) => {
      const input = h("input", {
        type: "checkbox",
        onchange: () => {
          if (input.checked) off.delete(group);
          else off.add(group);
          state.off = [...off].join();
          draw();
        }
      });
      input.checked = !off.has(group);
      return h("label", { class: "check" }, input, h("span", { class: `swatch group-${group}` }), name);
    };
    const countries = h(
      "select",
      {},
      h("option", { value: "" }, "all"),
      six().map((c) => h("option", { value: c.iso3 }, nameOf("country", c.iso3)))
    );
    return h(
      "div",
      { class: "controls" },
      field("q", "Find", h("input", { type: "search" })),
      field("country", "Country", countries),
      field("from", "From", year()),
      field("to", "To", year()),
      choice(
        "Rows",
        LANES.map((one) => [one, `by ${one}`]),
        state.lanes,
        (lanes) => {
          state.lanes = lanes;
          draw();
        }
      ),
      h("fieldset", {}, h("legend", { class: "offscreen" }, "Kinds"), groups.map(box))
    );
  }
  function lanesOf(state, groups) {
    if (state.lanes === "kind") {
      const names3 = new Map(groups);
      return { lane: ({ group }) => names3.get(group), order: [...names3.values()] };
    }
    const own2 = new Set(six().map((c) => c.iso3));
    const order = [...six().map((c) => nameOf("country", c.iso3)), WHOLE];
    return { lane: ({ row }) => own2.has(row.iso3) ? nameOf("country", row.iso3) : WHOLE, order };
  }
  function dots2(shown2, state, groups) {
    const { lane, order } = lanesOf(state, groups);
    const lanes = order.filter((name) => shown2.some((d) => lane(d) === name));
    const said2 = ({ row }) => `${dateWords(row.date)}: ${starred(row.label)}${lateWords(row)}`;
    const tall = Math.max(...lanes.map((name) => shown2.filter((d) => lane(d) === name).length));
    return figure({
      title: state.country ? `${nameOf("country", state.country)}: dated things by ${state.lanes}` : `Dated things by ${state.lanes}`,
      rows: shown2,
      file: "timeline",
      note: "A mark stands at the first day that its date can mean.",
      draw: (width) => ({
        height: 40 + lanes.length * Math.min(120, Math.max(46, tall / width * 1100)),
        marginLeft: width < 560 ? 88 : 150,
        marginTop: 6,
        x: { type: "utc", label: null, grid: true },
        fy: {
          label: null,
          domain: lanes,
          padding: 0.04,
          tickFormat: (name) => width < 560 ? broken(name, 12) : name
        },
        marks: [
          Plot.frame({ stroke: "var(--rule)", anchor: "bottom" }),
          cutoffLine(shown2.map((d) => d.row)),
          Plot.dot(
            shown2,
            Plot.dodgeY("middle", {
              x: "x",
              fy: lane,
              r: width < 560 ? 2.2 : 3.2,
              fill: (d) => `var(--group-${d.group})`,
              title: said2,
              ariaLabel: said2,
              href: ({ row }) => toFact(row.table, row.key),
              target: "_self"
            })
          ),
          Plot.tip(shown2, Plot.pointer({ x: "x", fy: lane, title: said2, fill: "var(--paper)", stroke: "var(--rule)" }))
        ]
      }),
      columns: [
        ["Date", ({ row }) => markedDate(row, "date", dateWords(row.date))],
        ["What", ({ row }) => factLink(row.table, row.key, null, row.label)],
        ["Country", ({ row }) => row.iso3 ? thingLink("country", row.iso3) : ""],
        ["Kind", ({ row }) => words(row.kind)]
      ]
    });
  }

  // src/main.js
  var VIEWS2 = {
    "": overview_exports,
    map: map_exports,
    timeline: timeline_exports,
    missions: list2,
    mission: mission_exports,
    threats: threats_exports,
    threat: threat_exports,
    country: country_exports,
    countries: list,
    document: document_exports,
    conflicts: conflicts_exports,
    changes: changes_exports,
    tables: list3,
    table: table_exports,
    search: search_exports,
    about: release_exports
  };
  var begin2 = turns();
  async function show() {
    const isLast = begin2();
    closePanel();
    const address = parsed(location.hash);
    const [name = "", ...rest] = address?.parts ?? ["?"];
    const view14 = Object.hasOwn(VIEWS2, name) ? VIEWS2[name] : null;
    const main = document.querySelector("main");
    let made2;
    try {
      made2 = view14 && await view14.view(rest, address.settings);
    } catch (error) {
      console.error(error);
      made2 = {
        title: "This view failed",
        body: [h("p", {}, `${error}`), h("p", {}, h("a", { href: "#/" }, "Back to the overview"))]
      };
    }
    if (!isLast()) return;
    const unknown = made2 ? [...unused(view14, rest, address.settings), ...made2.unknown ?? []] : [];
    made2 ??= nowhere(name, rest);
    const title = made2.isQuoted ? made2.title : starred(made2.title);
    const heading2 = h("h1", { tabindex: "-1" }, title);
    const lead = made2.lead ? h("p", { class: "lead" }, starred(made2.lead)) : null;
    replace(main, heading2, lead, lacking(), notice(unknown), made2.body);
    document.title = `${title} · ${about.dataset.title} ${about.version}`;
    const shown2 = Number(document.body.dataset.ready ?? 0) + 1;
    document.body.dataset.ready = `${shown2}`;
    for (const link2 of document.querySelectorAll("nav a")) {
      const here = link2.getAttribute("href") === (location.hash.split("?")[0] || "#/");
      if (here) link2.setAttribute("aria-current", "page");
      else link2.removeAttribute("aria-current");
    }
    if (shown2 > 1) {
      heading2.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }
  function nowhere(name, [id]) {
    const what = id && Object.hasOwn(VIEWS2, name) ? `There is no ${words(name)} “${id}” in release ${about.version}.` : `There is no view “${name}” in this page.`;
    const list4 = { country: "#/countries", mission: "#/missions", threat: "#/threats" }[name] ?? "#/tables";
    const label = { country: "All countries", mission: "All missions", threat: "All threats" }[name] ?? "All tables";
    return {
      title: "Not in this release",
      body: [h("p", {}, what), h("p", {}, h("a", { href: list4 }, label))]
    };
  }
  async function open() {
    await start();
    await loadNames();
    document.body.prepend(...frame(thing("mission", "kfor") ? [["KFOR", to(["mission", "kfor"])]] : []));
    listen();
    addEventListener("hashchange", show);
    addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((one) => one.open = true));
    await show();
    performance.mark("wb6-interactive");
  }
  open();
})();
