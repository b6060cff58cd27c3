import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zplEscape, zplLabel } from './zpl.ts';

const label = { width: 812, height: 1_218 };

describe('a ZPL label', () => {
  it('is UTF-8 with its size, fields and bars', () => {
    expect(
      zplLabel(label, [
        { kind: 'text', x: 40, y: 60, size: 36, width: 700, lines: 2, text: 'Äpfel_1' },
        { kind: 'code128', x: 40, y: 300, height: 120, bar: 3, text: 'A>1' },
        { kind: 'line', x: 0, y: 200, width: 812, thickness: 3 },
      ]),
    ).toBe(
      '^XA\n^CI28\n^PW812\n^LL1218\n^LH0,0\n^FO40,60^A0N,36,36^FB700,2,4,L^FH_^FDÄpfel_5F1^FS\n' +
        '^FO40,300^BY3^BCN,120,N,N,N,N^FH_^FDA>01^FS\n^FO0,200^GB812,3,3^FS\n^XZ\n',
    );
  });

  it('never lets a text give the printer a command', () => {
    expect(zplEscape('^XZ~JA\\&\n_')).toBe('_5EXZ_7EJA_5C& _5F');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(zplEscape(text)).not.toMatch(/[\^~\\\n\r]/);
        const back = zplEscape(text).replace(/_([0-9A-F]{2})/g, (_, hex: string) =>
          String.fromCharCode(Number.parseInt(hex, 16)),
        );
        expect(back).toBe(text.replace(/\p{Cc}+/gu, ' '));
      }),
    );
  });

  it('refuses bars that no scanner could read back', () => {
    const bars = (text: string) =>
      zplLabel(label, [{ kind: 'code128', x: 0, y: 0, height: 9, bar: 2, text }]);
    expect(() => bars('ÄÖ')).toThrow(RangeError);
    expect(() => bars('')).toThrow(RangeError);
  });
});
