/**
 * The script of the page: search and filter of the table, and every group open on paper. Without it, all rows are there.
 *
 * It makes no markup, and runs by its hash only.
 */
export const pageScript = `(() => {
  'use strict';
  const form = document.getElementById('filter');
  const text = document.getElementById('filter-text');
  const state = document.getElementById('filter-state');
  const output = document.getElementById('filter-count');
  const groups = [...document.querySelectorAll('#certificates details.group')].map((details) => ({
    details,
    open: details.open,
    rows: [...details.querySelectorAll('tbody tr')].map((row) => ({
      row,
      text: row.textContent.toLowerCase() + ' ' + (row.querySelector('.lineage')?.textContent ?? ''),
      state: row.dataset.state,
    })),
  }));
  const calm = ['valid', 'superseded'];
  const apply = () => {
    const words = text.value.toLowerCase().split(/\\s+/).filter((word) => word !== '');
    const wanted = state.value;
    const filtered = words.length > 0 || wanted !== '';
    let shown = 0;
    for (const { details, open, rows } of groups) {
      let found = 0;
      for (const one of rows) {
        const fits =
          (wanted === '' || one.state === wanted || (wanted === 'attention' && !calm.includes(one.state))) &&
          words.every((word) => one.text.includes(word));
        one.row.hidden = !fits;
        if (fits) found += 1;
      }
      details.hidden = found === 0;
      details.open = filtered ? found > 0 : open;
      shown += found;
    }
    output.textContent = shown.toLocaleString('en') + (shown === 1 ? ' row' : ' rows');
  };
  const reset = () => {
    text.value = '';
    state.value = '';
    apply();
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  text.addEventListener('input', apply);
  state.addEventListener('change', apply);
  const target = () => {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      return null;
    }
  };
  const reveal = () => {
    const row = target();
    if (row === null || !row.closest('#certificates details.group')) return;
    reset();
    row.closest('details').open = true;
    row.scrollIntoView({ block: 'center' });
  };
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const details of closed) details.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const details of closed) details.open = false;
  });
  window.addEventListener('hashchange', reveal);
  reveal();
})();
`;
