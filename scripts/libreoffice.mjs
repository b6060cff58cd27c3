// npm run roundtrip:libreoffice: what the spreadsheet copies goes through a real
// LibreOffice Calc and back through our paste. The table is read by Calc's HTML
// import, which its clipboard uses too, the plain text by its text import with
// every column as text; both are written out again as table and as text.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeClipboard, encodeClipboard } from '../shared/grid/clipboard.ts';
import { requireGoodNode } from './node.mjs';

requireGoodNode();

/** Each must come back as it is by every way. */
const CELLS = [
  'plain',
  '  two  spaces  ',
  '',
  '5" pipe',
  '"quoted"',
  'say ""twice""',
  'two\nlines',
  'three\n\nlines',
  '00123',
  '1E5',
  '=1+1',
  '+cmd|calc',
  "'quote first",
  "'=both",
  '<b>&amp;</b> & <td>',
  '1.234,56',
  '12.50',
  '1/2',
  '3-4',
  '50%',
  '2026-12-01',
  'TRUE',
  '4006381333931',
  '👩‍👩‍👧 family',
  'مرحبا بالعالم',
  'שלום, world',
  'ü'.repeat(16_000),
];

/**
 * What Calc itself does not hold: how it comes back from the table and from the
 * text. A text of 32,000 characters is whole from the text; its HTML import
 * breaks a line after 16,367.
 */
const LIMITS = [
  { cell: 'tab\there', table: 'tab here', text: 'tabhere' },
  { cell: 'break at the end\n', table: 'break at the end', text: 'break at the end\n' },
  {
    cell: 'ü'.repeat(32_000),
    table: `${'ü'.repeat(16_367)}\n${'ü'.repeat(15_633)}`,
    text: 'ü'.repeat(32_000),
  },
];

const TSV = 'Text - txt - csv (StarCalc)';
const soffice = process.env.SOFFICE ?? 'soffice';

function convert(dir, args) {
  const profile = `-env:UserInstallation=${pathToFileURL(join(dir, 'profile')).href}`;
  const { status, error, stderr } = spawnSync(soffice, [profile, '--headless', '--norestore', ...args], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error?.code === 'ENOENT') {
    throw new Error(`There is no ${soffice}: install LibreOffice Calc, or name its program in SOFFICE`);
  }
  if (status !== 0) throw new Error(`soffice ended with ${status}: ${stderr}`);
}

const read = (path) => readFileSync(path, 'utf8').replace(/^\uFEFF/, '');

/** A clip loaded by one of Calc's imports and written by both of its exports. */
function throughCalc(dir, name, clip, infilter) {
  const out = join(dir, name.replace('.', '-'));
  writeFileSync(join(dir, name), clip);
  convert(dir, [`--infilter=${infilter}`, '--convert-to', 'ods', '--outdir', out, join(dir, name)]);
  const sheet = join(out, 'clip.ods');
  convert(dir, ['--convert-to', 'html:HTML (StarCalc)', '--outdir', out, sheet]);
  convert(dir, ['--convert-to', `txt:${TSV}:9,34,76,1,,0,false,true,false`, '--outdir', out, sheet]);
  return { text: read(join(out, 'clip.txt')), html: read(join(out, 'clip.html')) };
}

function compare(way, got, expected) {
  const lines = [];
  for (const [i, [name, wanted]] of expected.entries()) {
    const [foundName, found] = got[i] ?? [];
    if (foundName === name && found === wanted) continue;
    lines.push(
      `${way}, ${name}: ${JSON.stringify(wanted).slice(0, 60)} came back as ${JSON.stringify(found)?.slice(0, 60)}`,
    );
  }
  if (got.length !== expected.length)
    lines.push(`${way}: ${expected.length} rows came back as ${got.length}`);
  return lines;
}

function main() {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-libreoffice-'));
  try {
    const named = (pick) =>
      [...CELLS.map((cell) => ({ cell, table: cell, text: cell })), ...LIMITS].map((entry, i) => [
        `cell ${i + 1}`,
        pick(entry),
      ]);
    const { text, html } = encodeClipboard(
      named(({ cell }) => cell),
      { texts: [true, true] },
    );
    const table = throughCalc(dir, 'clip.html', html, 'HTML (StarCalc)');
    const plain = throughCalc(dir, 'clip.txt', text, `${TSV}:9,34,76,1,1/2/2/2,0,true,false`);
    const problems = [
      ...compare(
        'table',
        decodeClipboard(table),
        named(({ table }) => table),
      ),
      ...compare(
        'table as text',
        decodeClipboard({ text: table.text, html: '' }),
        named(({ table }) => table),
      ),
      ...compare(
        'text',
        decodeClipboard(plain),
        named(({ text }) => text),
      ),
      ...compare(
        'text as text',
        decodeClipboard({ text: plain.text, html: '' }),
        named(({ text }) => text),
      ),
    ];
    for (const problem of problems) console.error(problem);
    console.log(
      `${CELLS.length} cells through Calc and back by table and by text, ${LIMITS.length} at its own limits: ${problems.length} lost`,
    );
    process.exitCode = problems.length > 0 ? 1 : 0;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
