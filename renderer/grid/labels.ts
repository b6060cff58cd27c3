import type { GridCellState, GridOperation, GridLink } from './contract.ts';

/** Every word the grid itself shows or speaks. Numbers come formatted. */
export interface GridLabels {
  readonly states: Readonly<Record<GridCellState, string>>;
  readonly yes: string;
  readonly no: string;
  readonly rowNumber: string;
  readonly selectAll: string;
  readonly unknown: string;
  readonly loading: string;
  readonly emptyView: string;
  readonly onChannel: (value: string) => string;
  readonly mine: (value: string) => string;
  readonly theirs: (value: string) => string;
  readonly nothing: string;
  readonly readAgo: (age: string) => string;
  readonly never: string;
  readonly notChanged: (message: string) => string;
  readonly images: (count: number) => string;
  readonly link: (link: GridLink) => string;
  readonly groupReadOnly: string;
  readonly groupOpened: (rows: string) => string;
  readonly groupClosed: (name: string) => string;
  readonly sortBy: (column: string) => string;
  readonly selectColumn: (column: string) => string;
  readonly cell: (column: string, row: string) => string;
  readonly selected: (rows: string, columns: string) => string;
  readonly selectedCells: (cells: string) => string;
  readonly readOnlyColumn: (column: string) => string;
  readonly nothingEditable: string;
  readonly copied: (cells: string) => string;
  readonly copyTooLarge: (limit: string) => string;
  readonly copyRanges: string;
  readonly pasteRanges: string;
  readonly pasteClipped: (rows: string) => string;
  readonly done: Readonly<Record<GridOperation, (cells: string) => string>>;
  readonly unchanged: string;
  readonly rejected: (cells: string) => string;
  readonly undone: (label: string, cells: string) => string;
  readonly redone: (label: string, cells: string) => string;
  readonly changedSince: (cells: string) => string;
  readonly nothingToUndo: string;
  readonly nothingToRedo: string;
  readonly find: string;
  readonly findNext: string;
  readonly findPrevious: string;
  readonly matchCase: string;
  readonly closeFind: string;
  readonly matches: (count: string) => string;
  readonly matchesCells: (rows: string, cells: string) => string;
  readonly noMatches: string;
  readonly regex: string;
  readonly wholeCell: string;
  readonly inSelection: string;
  readonly goTo: string;
  readonly pasteSpecial: string;
  readonly transpose: string;
  readonly skipEmpty: string;
  readonly paste: string;
  readonly size: (rows: string, columns: string) => string;
  readonly close: string;
  /** Entries of a column's menu. */
  readonly head: Readonly<
    Record<
      'sortAscending' | 'sortDescending' | 'freeze' | 'unfreeze' | 'moveLeft' | 'moveRight' | 'fit' | 'hide',
      string
    >
  >;
  readonly editorHint: string;
  readonly imagesHint: string;
  readonly preview: (column: string) => string;
  readonly leftGrid: string;
}

const plural = (count: string, one: string, many: string): string => `${count} ${count === '1' ? one : many}`;

const english: GridLabels = {
  states: {
    clean: 'Same as on the channel',
    dirty: 'Changed here, not published',
    pending: 'On its way to the channel',
    verified: 'Verified on the channel',
    rejected: 'Rejected by the channel',
    conflict: 'Changed here and on the channel',
    stale: 'Not read from the channel lately',
    inherited: 'Inherited from the master value',
  },
  yes: 'Yes',
  no: 'No',
  rowNumber: 'Row',
  selectAll: 'Select all cells',
  unknown: 'Not known: the channel has not been asked for this value',
  loading: 'Loading',
  emptyView: 'No rows in this view',
  onChannel: (value) => `On the channel: ${value}`,
  mine: (value) => `Mine: ${value}`,
  theirs: (value) => `On the channel now: ${value}`,
  nothing: '(empty)',
  readAgo: (age) => `Read ${age}`,
  never: 'Never read from the channel',
  notChanged: (message) => `Not changed: ${message}`,
  images: (count) => plural(String(count), 'image', 'images'),
  link: ({ kind, differs, master }) => {
    if (kind === 'detached') return 'Detached from the master';
    const word = kind === 'inherit' ? 'Inherits the master' : 'Overrides the master';
    return differs ? `${word}, which is ${master}` : word;
  },
  groupReadOnly: 'This row sums up the rows under it; change those',
  groupOpened: (rows) => `Opened, ${plural(rows, 'row', 'rows')}`,
  groupClosed: (name) => `${name} closed`,
  sortBy: (column) => `Sort by ${column}`,
  selectColumn: (column) => `Select ${column}`,
  cell: (column, row) => `${column}, row ${row}`,
  selected: (rows, columns) =>
    `${plural(rows, 'row', 'rows')} by ${plural(columns, 'column', 'columns')} selected`,
  selectedCells: (cells) => `${plural(cells, 'cell', 'cells')} selected`,
  readOnlyColumn: (column) => `${column} cannot be edited here`,
  nothingEditable: 'None of these columns can be edited',
  copied: (cells) => `${plural(cells, 'cell', 'cells')} copied`,
  copyTooLarge: (limit) => `At most ${limit} cells can be copied; export the view instead`,
  copyRanges: 'These ranges cannot be copied together: they share neither rows nor columns',
  pasteRanges: 'A block of cells cannot be pasted into several ranges; select one',
  pasteClipped: (rows) => `${plural(rows, 'row', 'rows')} did not fit below the last row`,
  done: {
    edit: (cells) => `${plural(cells, 'cell', 'cells')} changed`,
    paste: (cells) => `${plural(cells, 'cell', 'cells')} pasted`,
    cut: (cells) => `${plural(cells, 'cell', 'cells')} cut`,
    fill: (cells) => `${plural(cells, 'cell', 'cells')} filled`,
    clear: (cells) => `${plural(cells, 'cell', 'cells')} cleared`,
    set: (cells) => `${plural(cells, 'cell', 'cells')} set`,
  },
  unchanged: 'Nothing changed: the cells have these values already',
  rejected: (cells) => `${plural(cells, 'cell', 'cells')} not changed`,
  undone: (label, cells) => `Undone: ${label}, ${plural(cells, 'cell', 'cells')}`,
  redone: (label, cells) => `Redone: ${label}, ${plural(cells, 'cell', 'cells')}`,
  changedSince: (cells) => `${plural(cells, 'cell', 'cells')} left alone because they changed since`,
  nothingToUndo: 'Nothing to undo',
  nothingToRedo: 'Nothing to redo',
  find: 'Find in this view',
  findNext: 'Next match',
  findPrevious: 'Previous match',
  matchCase: 'Match case',
  closeFind: 'Close search',
  matches: (count) => plural(count, 'row matches', 'rows match'),
  matchesCells: (rows, cells) => `${plural(cells, 'cell', 'cells')} in ${plural(rows, 'row', 'rows')}`,
  noMatches: 'No match',
  regex: 'Regular expression',
  wholeCell: 'Whole cell',
  inSelection: 'Only in the selection',
  goTo: 'Row number or SKU',
  pasteSpecial: 'Paste special',
  transpose: 'Rows become columns',
  skipEmpty: 'Only filled cells',
  paste: 'Paste',
  size: (rows, columns) => `${rows} × ${columns}`,
  close: 'Close',
  head: {
    sortAscending: 'Sort ascending',
    sortDescending: 'Sort descending',
    freeze: 'Freeze at the left',
    unfreeze: 'Unfreeze',
    moveLeft: 'Move left',
    moveRight: 'Move right',
    fit: 'Fit to its values',
    hide: 'Hide',
  },
  editorHint: 'Enter saves, Shift+Enter new line, Esc cancels',
  imagesHint: 'One picture a line: address | alternative text. Alt+arrows reorder',
  preview: (column) => `Preview of ${column}`,
  leftGrid: 'Left the table; Tab goes on',
};

const german: GridLabels = {
  states: {
    clean: 'Wie auf dem Kanal',
    dirty: 'Hier geändert, nicht veröffentlicht',
    pending: 'Unterwegs zum Kanal',
    verified: 'Auf dem Kanal bestätigt',
    rejected: 'Vom Kanal abgelehnt',
    conflict: 'Hier und auf dem Kanal geändert',
    stale: 'Länger nicht vom Kanal gelesen',
    inherited: 'Vom Stammwert geerbt',
  },
  yes: 'Ja',
  no: 'Nein',
  rowNumber: 'Zeile',
  selectAll: 'Alle Zellen auswählen',
  unknown: 'Unbekannt: der Kanal wurde nicht nach diesem Wert gefragt',
  loading: 'Lädt',
  emptyView: 'Keine Zeilen in dieser Ansicht',
  onChannel: (value) => `Auf dem Kanal: ${value}`,
  mine: (value) => `Hier: ${value}`,
  theirs: (value) => `Jetzt auf dem Kanal: ${value}`,
  nothing: '(leer)',
  readAgo: (age) => `Gelesen ${age}`,
  never: 'Nie vom Kanal gelesen',
  notChanged: (message) => `Nicht geändert: ${message}`,
  images: (count) => plural(String(count), 'Bild', 'Bilder'),
  link: ({ kind, differs, master }) => {
    if (kind === 'detached') return 'Vom Stammwert gelöst';
    const word = kind === 'inherit' ? 'Folgt dem Stammwert' : 'Weicht vom Stammwert ab';
    return differs ? `${word} (${master})` : word;
  },
  groupReadOnly: 'Diese Zeile fasst die Zeilen darunter zusammen; ändern Sie diese',
  groupOpened: (rows) => `Geöffnet, ${plural(rows, 'Zeile', 'Zeilen')}`,
  groupClosed: (name) => `${name} geschlossen`,
  sortBy: (column) => `Nach ${column} sortieren`,
  selectColumn: (column) => `${column} auswählen`,
  cell: (column, row) => `${column}, Zeile ${row}`,
  selected: (rows, columns) =>
    `${plural(rows, 'Zeile', 'Zeilen')} mal ${plural(columns, 'Spalte', 'Spalten')} ausgewählt`,
  selectedCells: (cells) => `${plural(cells, 'Zelle', 'Zellen')} ausgewählt`,
  readOnlyColumn: (column) => `${column} kann hier nicht geändert werden`,
  nothingEditable: 'Keine dieser Spalten kann geändert werden',
  copied: (cells) => `${plural(cells, 'Zelle', 'Zellen')} kopiert`,
  copyTooLarge: (limit) => `Höchstens ${limit} Zellen können kopiert werden; exportieren Sie die Ansicht`,
  copyRanges: 'Diese Bereiche können nicht zusammen kopiert werden: sie teilen weder Zeilen noch Spalten',
  pasteRanges: 'Ein Block kann nicht in mehrere Bereiche eingefügt werden; wählen Sie einen aus',
  pasteClipped: (rows) => `${plural(rows, 'Zeile passte', 'Zeilen passten')} nicht unter die letzte Zeile`,
  done: {
    edit: (cells) => `${plural(cells, 'Zelle', 'Zellen')} geändert`,
    paste: (cells) => `${plural(cells, 'Zelle', 'Zellen')} eingefügt`,
    cut: (cells) => `${plural(cells, 'Zelle', 'Zellen')} ausgeschnitten`,
    fill: (cells) => `${plural(cells, 'Zelle', 'Zellen')} ausgefüllt`,
    clear: (cells) => `${plural(cells, 'Zelle', 'Zellen')} geleert`,
    set: (cells) => `${plural(cells, 'Zelle', 'Zellen')} gesetzt`,
  },
  unchanged: 'Nichts geändert: die Zellen haben diese Werte schon',
  rejected: (cells) => `${plural(cells, 'Zelle', 'Zellen')} nicht geändert`,
  undone: (label, cells) => `Rückgängig: ${label}, ${plural(cells, 'Zelle', 'Zellen')}`,
  redone: (label, cells) => `Wiederholt: ${label}, ${plural(cells, 'Zelle', 'Zellen')}`,
  changedSince: (cells) =>
    `${plural(cells, 'Zelle', 'Zellen')} nicht angefasst, weil seither etwas anderes sie geändert hat`,
  nothingToUndo: 'Nichts rückgängig zu machen',
  nothingToRedo: 'Nichts zu wiederholen',
  find: 'In dieser Ansicht suchen',
  findNext: 'Nächster Treffer',
  findPrevious: 'Voriger Treffer',
  matchCase: 'Groß-/Kleinschreibung beachten',
  closeFind: 'Suche schließen',
  matches: (count) => plural(count, 'Zeile gefunden', 'Zeilen gefunden'),
  matchesCells: (rows, cells) => `${plural(cells, 'Zelle', 'Zellen')} in ${plural(rows, 'Zeile', 'Zeilen')}`,
  noMatches: 'Kein Treffer',
  regex: 'Regulärer Ausdruck',
  wholeCell: 'Ganze Zelle',
  inSelection: 'Nur in der Auswahl',
  goTo: 'Zeilennummer oder SKU',
  pasteSpecial: 'Inhalte einfügen',
  transpose: 'Zeilen werden Spalten',
  skipEmpty: 'Nur gefüllte Zellen',
  paste: 'Einfügen',
  size: (rows, columns) => `${rows} × ${columns}`,
  close: 'Schließen',
  head: {
    sortAscending: 'Aufsteigend sortieren',
    sortDescending: 'Absteigend sortieren',
    freeze: 'Links fixieren',
    unfreeze: 'Fixierung lösen',
    moveLeft: 'Nach links',
    moveRight: 'Nach rechts',
    fit: 'An Werte anpassen',
    hide: 'Ausblenden',
  },
  editorHint: 'Enter speichert, Umschalt+Enter neue Zeile, Esc bricht ab',
  imagesHint: 'Ein Bild je Zeile: Adresse | Alternativtext. Alt+Pfeile ordnen',
  preview: (column) => `Vorschau von ${column}`,
  leftGrid: 'Tabelle verlassen; weiter mit Tab',
};

export function gridLabels(locale: string): GridLabels {
  return locale.toLowerCase().startsWith('de') ? german : english;
}

const AGE_STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** "2 minutes ago" in the locale. */
export function ageText(at: number, now: number, locale: string): string {
  const elapsed = Math.max(0, now - at);
  const [unit, size] = AGE_STEPS.find(([, step]) => elapsed >= step) ?? ['second', 1_000];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-Math.floor(elapsed / size), unit);
}
