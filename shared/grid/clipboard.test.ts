import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeClipboard, disarmFormula, encodeClipboard, rearmFormula } from './clipboard.ts';
import { decodeHtmlTable, encodeHtmlTable } from './html-table.ts';
import { decodeTsv, encodeTsv } from './tsv.ts';

const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '\n',
    '"',
    '""',
    'a\r\nb',
    '5" pipe',
    '"quoted"',
    '00123',
    '1E5',
    'a\tb',
    '=1+1',
    '  x  ',
  ),
  fc.string({ unit: fc.constantFrom('"', '\t', '\n', '\r', ' ', 'a', ',', '<', '&', ';') }),
);
const block = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(hostile, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
const newlines = (rows: readonly (readonly string[])[]): string[][] =>
  rows.map((row) => row.map((cell) => cell.replace(/\r\n?/g, '\n')));

describe('tsv', () => {
  it('reads back every block it wrote', () => {
    fc.assert(
      fc.property(block, (rows) => {
        expect(decodeTsv(encodeTsv(rows))).toEqual(newlines(rows));
      }),
    );
  });

  it('writes what spreadsheets write', () => {
    expect(
      encodeTsv([
        ['a', 'b'],
        ['multi\nline', 'tab\there'],
        ['say "hi"', ''],
      ]),
    ).toBe('a\tb\r\n"multi\nline"\t"tab\there"\r\n"say ""hi"""\t');
  });

  it.each([
    [
      'one trailing newline',
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['unix newlines', 'a\nb\n', [['a'], ['b']]],
    ['nothing', '', [['']]],
    ['a quote inside a cell', '5" pipe\t3"', [['5" pipe', '3"']]],
    ['a quote that is never closed', '"abc\tx\ny', [['"abc', 'x'], ['y']]],
    ['text after a closing quote', '"abc" def\tx', [['"abc" def', 'x']]],
    ['a quoted newline', '"a\r\nb"\tc', [['a\nb', 'c']]],
    ['ragged rows', 'a\nb\tc', [['a'], ['b', 'c']]],
    ['an empty last cell', 'a\t', [['a', '']]],
  ])('reads %s', (_, text, rows) => {
    expect(decodeTsv(text)).toEqual(rows);
  });
});

describe('html tables', () => {
  it('reads back every block it wrote', () => {
    fc.assert(
      fc.property(block, (rows) => {
        const clean = rows.map((row) =>
          row.map((cell) => cell.replaceAll('\u00a0', ' ').replaceAll('\u0000', '')),
        );
        expect(decodeHtmlTable(encodeHtmlTable(clean))).toEqual(newlines(clean));
      }),
    );
  });

  it('never fails on anything', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(
            '<table>',
            '<td',
            '>',
            '<tr>',
            '</td>',
            'x',
            '<!--',
            '"',
            '<br>',
            '&',
            ' rowspan=3',
          ),
        }),
        (html) => {
          const table = decodeHtmlTable(html);
          expect(table === null || Array.isArray(table)).toBe(true);
        },
      ),
    );
  });

  it('reads Excel', () => {
    const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {mso-number-format:General;}</style></head>
<body><!--StartFragment-->
<table border=0 cellpadding=0 width=128 style='width:96pt'>
 <!--StartFragment-->
 <col width=64 span=2 style='width:48pt'>
 <tr height=20>
  <td height=20 class=xl65 width=64 style='height:15.0pt'>SKU-1</td>
  <td align=right width=64 x:num="19.9">19.90</td>
 </tr>
 <tr height=40>
  <td height=40 class=xl66>two<br>
    lines</td>
  <td><span style='mso-spacerun:yes'>&nbsp;</span>a &amp; b</td>
 </tr>
 <!--EndFragment-->
</table></body></html>`;
    expect(decodeHtmlTable(html)).toEqual([
      ['SKU-1', '19.90'],
      ['two\nlines', ' a & b'],
    ]);
  });

  it('reads LibreOffice and Google Sheets', () => {
    const calc = `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><table cellspacing="0" border="0"><colgroup width="85"></colgroup><tr>
<td height="17" align="left"><font color="#000000">M&uuml;tze</font></td><td align="right" sdval="12.5" sdnum="1031;"><b>12,50</b></td></tr></table>`;
    expect(decodeHtmlTable(calc)).toEqual([['Mütze', '12,50']]);
    const sheets = `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0"><colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td data-sheets-value="{&quot;1&quot;:2}">a<br/>b</td><td></td></tr></tbody></table></google-sheets-html-origin>`;
    expect(decodeHtmlTable(sheets)).toEqual([['a\nb', '']]);
  });

  it('reads what Calc 7.4 wrote of our own copy', () => {
    const calc = `<table cellspacing="0" border="0">
	<colgroup span="2" width="321"></colgroup>
	<tr>
		<td height="32" align="left" sdnum="1033;0;@"><font face="DejaVu Serif">00123</font></td>
		<td align="left" sdnum="1033;0;@"><font face="DejaVu Serif">two<br>lines</font></td>
	</tr>
	<tr>
		<td height="17" align="left" sdnum="1033;0;@"><font face="DejaVu Serif">  a  b</font></td>
		<td align="left" sdnum="1033;0;@"><font face="DejaVu Serif">'=1+1</font></td>
	</tr>
</table>
<!-- ************************************************************************** -->`;
    // Spaces are exact in its plain text only, which agrees with the table about the shape.
    const text = `00123\t"two\nlines"\n  a  b\t'=1+1\n`;
    expect(decodeClipboard({ text, html: calc })).toEqual([
      ['00123', 'two\nlines'],
      ['  a  b', '=1+1'],
    ]);
    expect(decodeHtmlTable(calc)?.[0]).toEqual(['00123', 'two\nlines']);
  });

  it('leaves covered cells of spans empty', () => {
    const html =
      '<table><tr><td rowspan=2>a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>';
    expect(decodeHtmlTable(html)).toEqual([
      ['a', 'b', ''],
      ['', 'c', 'd'],
    ]);
  });

  it('knows when there is no table', () => {
    expect(decodeHtmlTable('<p>text</p>')).toBeNull();
  });
});

describe('clipboard', () => {
  it('takes HTML only where the plain text lost the shape', () => {
    const html = encodeHtmlTable([['a\nb', 'c']]);
    expect(decodeClipboard({ text: 'a\nb\tc', html })).toEqual([['a\nb', 'c']]);
    expect(decodeClipboard({ text: '', html })).toEqual([['a\nb', 'c']]);
    expect(decodeClipboard({ text: '  x\ty', html: encodeHtmlTable([['x', 'y']]) })).toEqual([['  x', 'y']]);
    expect(decodeClipboard({ text: 'plain', html: '<p>plain</p>' })).toEqual([['plain']]);
  });

  it('disarms formulas and leaves numbers alone', () => {
    for (const text of ['=1+1', '+cmd', '-x', '@SUM(A1)', '\t=1', ' =1', '|x', '-1+1', '+49 x']) {
      expect(disarmFormula(text)).toBe(`'${text}`);
    }
    for (const text of ['-5', '-1.234,56', '+49', 'a=b', '', '12 %', 'user@example.com']) {
      expect(disarmFormula(text)).toBe(text);
    }
    expect(encodeClipboard([['=1+1']])).toEqual({
      text: "'=1+1",
      html: `<meta charset="utf-8"><table><tbody><tr><td>'=1+1</td></tr></tbody></table>`,
    });
  });

  const wild = fc.oneof(
    hostile,
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '|', '%', '1', ' ', '\t', 'a') }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', "'=1+1", "''@x", '👩‍👩‍👧 مرحبا', '\u202Eabc', '007', '1E5', '=HYPERLINK("x")'),
    fc.constantFrom('x', '"', '\n', 'ü').map((unit) => unit.repeat(32_000)),
  );

  it('never lets a formula out and gives back every text exactly', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const out = disarmFormula(text);
        expect(/^\s*[=+@|%]/.test(out) && !/^\s*\+[\d.,\s]*$/.test(out)).toBe(false);
        expect(rearmFormula(out)).toBe(text);
      }),
    );
  });

  it('reads back what it copied, however hostile, from the plain text and from the table', () => {
    const rows = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([height, width]) =>
        fc.array(fc.array(wild, { minLength: width, maxLength: width }), {
          minLength: height,
          maxLength: height,
        }),
      );
    fc.assert(
      fc.property(rows, fc.array(fc.boolean(), { maxLength: 4 }), (cells, texts) => {
        const copied = encodeClipboard(cells, { texts });
        expect(decodeClipboard({ text: copied.text, html: '' })).toEqual(newlines(cells));
        const plain = cells.map((row) =>
          row.map((cell) => cell.replaceAll('\u00a0', ' ').replaceAll('\u0000', '')),
        );
        const table = encodeClipboard(plain, { texts });
        expect(decodeClipboard({ text: '', html: table.html })).toEqual(newlines(plain));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps codes as texts in Excel and LibreOffice', () => {
    const { html } = encodeClipboard([['00123', '12.50']], { texts: [true, false] });
    expect(html).toContain(`<td style="mso-number-format:'\\@'" sdnum="1033;0;@">00123</td><td>12.50</td>`);
    expect(decodeHtmlTable(html)).toEqual([['00123', '12.50']]);
  });
});
