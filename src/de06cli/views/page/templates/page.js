"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const form = find("controls"), count = find("count"), register = find("models");
  const { search, plan, agency, waiting, state } = form.elements;
  const choices = [plan, agency, waiting, state].filter(Boolean);
  const printed = [...register.tBodies];

  const fold = (text) => {
    const bare = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/ß/g, "ss");
    const words = bare.match(/[\p{L}\p{N}]+/gu) || [];
    return words.filter((word) => word !== "va").join("") || words.join("");
  };
  // What a task says without its labels, folded once it is searched.
  const folded = new Map();
  const text = (task) => {
    if (!folded.has(task)) {
      const said = [...task.querySelectorAll("th, td, summary, h3, p")].map((part) => part.lastChild?.nodeValue || "");
      const leads = [...task.querySelectorAll("[data-agency]")].map((lead) => lead.textContent);
      const stands = task.querySelector(".state").firstChild.nodeValue;
      folded.set(task, [...said, ...leads, stands, task.dataset.also].map(fold).join("|"));
    }
    return folded.get(task);
  };
  const stands = ({ dataset }) =>
    !state.value || dataset.state === state.value || (state.value === "due_soon" && "soon" in dataset)
    || (state.value === "blocked" && "blocked" in dataset);
  const wanted = (task, sought) =>
    (!plan?.value || task.dataset.plan === plan.value) && stands(task)
    && (!waiting.value || task.dataset.waiting.split(" ").includes(waiting.value))
    && (!agency.value || [...task.querySelectorAll("[data-agency]")].some((lead) => lead.dataset.agency === agency.value))
    && (!sought || text(task).includes(sought));

  const narrow = () => {
    const sought = fold(search.value);
    let shown = 0;
    for (const task of printed) {
      task.hidden = !wanted(task, sought);
      shown += !task.hidden;
    }
    const by = choices.filter((field) => field.value).map((field) => field.selectedOptions[0].text);
    if (sought) by.push(`“${search.value.trim()}”`);
    count.value = [count.dataset.text.replace("{shown}", shown).replace("{total}", printed.length), ...by].join("; ");
    count.classList.toggle("whole", !by.length);
  };

  // Tables that are put in order: up, down, and back to the order in which they came.
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  const sorted = (table) => {
    const grouped = table === register;
    const rows = grouped ? printed : [...table.tBodies[0].rows];
    const heads = [...table.tHead.rows[0].cells].filter((head) => "sort" in head.dataset);
    const cell = (row, at) => (grouped ? row.rows[0] : row).cells[at];
    const sort = (head, direction) => {
      for (const each of heads) each.ariaSort = null;
      let order = rows;
      if (direction) {
        const key = ({ dataset, textContent }) => dataset.key ?? textContent;
        const keys = new Map(rows.map((row) => [row, key(cell(row, head.cellIndex))]));
        const sign = direction === "descending" ? -1 : 1;
        head.ariaSort = direction;
        order = [...rows].sort((one, other) => sign * compare(keys.get(one), keys.get(other)));
      }
      (grouped ? table : table.tBodies[0]).append(...order);
    };
    const next = (head) => ({ ascending: "descending", descending: null })[head.ariaSort] ?? (head.ariaSort ? null : "ascending");
    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        sort(head, next(head));
        if (grouped) keep();
      });
      head.append(button);
    }
    return { heads, sort };
  };

  // What is shown stands in the address, so that it can be sent: #state=blocked&sort=-due.
  const keep = () => {
    const fields = new URLSearchParams();
    for (const field of [search, ...choices]) if (field.value.trim()) fields.set(field.name, field.value.trim());
    const head = heads.find((each) => each.ariaSort);
    if (head) fields.set("sort", (head.ariaSort === "descending" ? "-" : "") + head.dataset.sort);
    const place = location.href.split("#")[0];
    history.replaceState(null, "", fields.size ? `${place}#${fields}` : place);
  };
  const arrive = () => {
    const asked = location.hash.slice(1);
    if (asked.includes("=")) {
      const fields = new URLSearchParams(asked);
      for (const field of [search, ...choices]) {
        field.value = fields.get(field.name) ?? "";
        if (field.selectedIndex === -1) field.value = "";
      }
      const order = fields.get("sort") ?? "";
      const head = heads.find((each) => each.dataset.sort === order.replace("-", ""));
      sort(head, head && (order.startsWith("-") ? "descending" : "ascending"));
      narrow();
      find("register").scrollIntoView();
      return;
    }
    const task = register.querySelector("tbody:target");
    if (!task) return;
    if (task.hidden) {
      for (const field of [search, ...choices]) field.value = "";
      narrow();
    }
    task.querySelector("details").open = true;
    task.scrollIntoView();
  };

  const unfold = () => {
    const details = printed.filter((task) => !task.hidden).map((task) => task.querySelector("details"));
    const open = details.some((each) => !each.open);
    for (const each of details) each.open = open;
  };

  for (const table of document.querySelectorAll("[data-sortable]")) if (table !== register) sorted(table);
  const { heads, sort } = sorted(register);
  form.addEventListener("input", () => { narrow(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { narrow(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  find("unfold").addEventListener("click", unfold);
  addEventListener("load", arrive);
  addEventListener("hashchange", arrive);
  // A link to where one already is leads there again.
  addEventListener("click", (event) => {
    if (event.target.closest(`a[href='${CSS.escape(location.hash)}']`)) arrive();
  });
  form.hidden = false;
  narrow();
})();
