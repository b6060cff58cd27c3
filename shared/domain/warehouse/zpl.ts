/**
 * Labels as ZPL II text. Positions and sizes are in dots; a 4 x 6 inch label on
 * a 203 dpi printer is 812 x 1218. Text is UTF-8 (^CI28), and characters that
 * mean something to the printer are written as hexadecimal (^FH).
 */
export const DOTS_PER_MM = 8;

export type ZplField =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      /** Height of the letters. */
      readonly size: number;
      /** Width of the box in which words are wrapped. */
      readonly width: number;
      readonly lines: number;
      readonly text: string;
    }
  | {
      readonly kind: 'code128';
      readonly x: number;
      readonly y: number;
      readonly height: number;
      /** Dots of the narrowest bar, 1 to 10. */
      readonly bar: number;
      readonly text: string;
    }
  | {
      readonly kind: 'line';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly thickness: number;
    };

/** `^`, `~`, the hexadecimal sign itself and the backslash of ^FB as bytes; line breaks and control characters as blanks. */
export function zplEscape(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/[\^~_\\]/g, (character) => `_${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** One label. Throws RangeError for a barcode that Code 128 cannot carry. */
export function zplLabel(
  size: { readonly width: number; readonly height: number },
  fields: readonly ZplField[],
): string {
  return [
    '^XA',
    '^CI28',
    `^PW${size.width}`,
    `^LL${size.height}`,
    '^LH0,0',
    ...fields.map(field),
    '^XZ',
    '',
  ].join('\n');
}

function field(one: ZplField): string {
  const at = `^FO${one.x},${one.y}`;
  switch (one.kind) {
    case 'text':
      return `${at}^A0N,${one.size},${one.size}^FB${one.width},${one.lines},4,L^FH_^FD${zplEscape(one.text)}^FS`;
    case 'code128':
      if (!/^[\x20-\x7e]{1,40}$/.test(one.text)) {
        throw new RangeError(`"${one.text.slice(0, 40)}" cannot be a Code 128 barcode here`);
      }
      // `>` begins a command inside ^BC; `>0` is the character itself.
      return `${at}^BY${one.bar}^BCN,${one.height},N,N,N,N^FH_^FD${zplEscape(one.text).replaceAll('>', '>0')}^FS`;
    case 'line':
      return `${at}^GB${one.width},${one.thickness},${one.thickness}^FS`;
  }
}
