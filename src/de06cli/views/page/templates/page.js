"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const form = find("controls"), count = find("count"), body = find("models");
  const { search, plan, agency, state } = form.elements;
  const heads = [...body.parentElement.tHead.rows[0].cells];
  const printed = [...body.rows];

  const fold = (text) => {
    const bare = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/ß/g, "ss");
    const words = bare.match(/[\p{L}\p{N}]+/gu) || [];
    return words.filter((word) => word !== "va").join("") || words.join("");
  };
  // What a row says without its labels, folded once it is searched.
  const folded = new Map();
  const text = (row) => {
    if (!folded.has(row)) {
      const said = [...row.querySelectorAll("th, td, summary, h3, p")].map((part) => part.lastChild?.nodeValue || "");
      const leads = [...row.querySelectorAll("[data-agency]")].map((lead) => lead.textContent);
      folded.set(row, [...said, ...leads, row.dataset.also].map(fold).join("|"));
    }
    return folded.get(row);
  };
  const wanted = (row, sought) =>
    (!plan?.value || row.dataset.plan === plan.value)
    && (!state.value || row.dataset.state === state.value || (state.value === "due_soon" && "soon" in row.dataset))
    && (!agency.value || [...row.querySelectorAll("[data-agency]")].some((lead) => lead.dataset.agency === agency.value))
    && (!sought || text(row).includes(sought));
  const chosen = () => [plan, agency, state].filter((field) => field?.value).map((field) => field.selectedOptions[0].text);

  const narrow = () => {
    const sought = fold(search.value);
    let shown = 0;
    for (const row of printed) {
      row.hidden = !wanted(row, sought);
      shown += !row.hidden;
    }
    const by = [...chosen(), ...(sought ? [`“${search.value.trim()}”`] : [])];
    count.value = [count.dataset.text.replace("{shown}", shown).replace("{total}", printed.length), ...by].join("; ");
    count.classList.toggle("whole", !by.length);
  };

  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
  // Up, down, and back to the order of the printed plan.
  const sort = (head) => {
    const before = head.ariaSort;
    for (const each of heads) each.ariaSort = null;
    let order = printed;
    if (before !== "descending") {
      const key = (row) => row.cells[head.cellIndex].dataset.key ?? row.cells[head.cellIndex].textContent;
      const keys = new Map(printed.map((row) => [row, key(row)]));
      const sign = before === "ascending" ? -1 : 1;
      head.ariaSort = sign === 1 ? "ascending" : "descending";
      order = [...printed].sort((one, other) => sign * compare(keys.get(one), keys.get(other)));
    }
    body.append(...order);
  };

  const unfold = () => {
    const details = printed.filter((row) => !row.hidden).map((row) => row.querySelector("details"));
    const open = details.some((each) => !each.open);
    for (const each of details) each.open = open;
  };

  // A figure leads to what it counts, a line of the timeline to its model.
  const follow = (link) => {
    if (link.dataset.field) {
      form.reset();
      form.elements[link.dataset.field].value = link.dataset.value;
      narrow();
    } else setTimeout(arrive);
  };
  const arrive = () => {
    const row = body.querySelector("tr:target");
    if (!row) return;
    if (row.hidden) {
      form.reset();
      narrow();
    }
    row.querySelector("details").open = true;
    row.scrollIntoView();
  };

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head));
    head.append(button);
  }
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  find("unfold").addEventListener("click", unfold);
  addEventListener("load", arrive);
  addEventListener("hashchange", arrive);
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) follow(link);
  });
  form.hidden = false;
  narrow();
})();
