// ?grid=glide|revo&rows=…&columns=…: one grid that fills the window, and how to work it (`window.other`).
import { catalogue } from './data.mjs';

const query = new URLSearchParams(location.search);
const data = catalogue({ rows: Number(query.get('rows')), columns: Number(query.get('columns')) });
const root = document.querySelector('#root');
const mount =
  query.get('grid') === 'glide' ? (await import('./glide.mjs')).mount : (await import('./revo.mjs')).mount;
performance.mark('render');
mount(root, data);
