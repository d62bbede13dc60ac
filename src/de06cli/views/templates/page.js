"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const body = find("models"), rows = [...body.rows], count = find("count");
  const search = find("search"), agency = find("agency"), state = find("state"), order = find("order");
  const fold = (text) => {
    const bare = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/ß/g, "ss");
    const words = bare.match(/[\p{L}\p{N}]+/gu) || [];
    return words.filter((word) => word !== "va").join("") || words.join("");
  };
  const leads = (row) => Object.keys(row.dataset).filter((key) => key.startsWith("lead")).map((key) => row.dataset[key]);
  const key = {
    due: (row) => (row.dataset.due ? Date.parse(row.dataset.due) : Infinity),
    late: (row) => -row.dataset.late,
    number: (row) => +row.dataset.number,
  };
  const show = () => {
    const text = fold(search.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(row.dataset.searched.includes(text)
        && (!agency.value || leads(row).includes(agency.value))
        && (!state.value || row.dataset.state === state.value));
      shown += !row.hidden;
    }
    count.value = count.dataset.text.replace("{shown}", shown).replace("{total}", rows.length);
  };
  const sort = () => {
    const of = key[order.value];
    const by = (one, other) => (of(one) < of(other) ? -1 : of(one) > of(other) ? 1 : 0);
    body.append(...(of ? [...rows].sort(by) : rows));
  };
  search.addEventListener("input", show);
  agency.addEventListener("change", show);
  state.addEventListener("change", show);
  order.addEventListener("change", sort);
  document.querySelector(".controls").hidden = false;
  const unfold = () => {
    const row = rows.find((each) => `#${each.id}` === location.hash);
    if (!row) return;
    search.value = agency.value = state.value = "";
    show();
    row.querySelector("details").open = true;
    row.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  show();
  unfold();
})();
