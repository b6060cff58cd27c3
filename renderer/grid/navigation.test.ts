import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSelected, selectCell } from '#shared/grid/selection.ts';
import { commandOf } from './keyboard-map.ts';
import { navigate } from './navigation.ts';

const SIZE = { rows: 50, columns: 8 };
const PAGE = { rows: 10, columns: 3 };
const KEYS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];

const press = (key: string, more: { command?: boolean; shift?: boolean; alt?: boolean } = {}) =>
  commandOf({ key, command: false, shift: false, alt: false, altGraph: false, ...more });

describe('keys', () => {
  it('never leave the sheet, and an extension keeps the cell it began in', () => {
    const stroke = fc.record({
      key: fc.constantFrom(...KEYS),
      command: fc.boolean(),
      shift: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(stroke, { maxLength: 40 }), (strokes) => {
        let selection = selectCell({ row: 3, column: 3 });
        for (const { key, command, shift } of strokes) {
          const wanted = press(key, { command, shift });
          const next = wanted && navigate(selection, wanted, SIZE, PAGE);
          if (!next) continue;
          expect(shift ? next.active : next.focus).toEqual(shift ? selection.active : next.active);
          selection = next;
          for (const at of [selection.active, selection.focus]) {
            expect(at.row >= 0 && at.row < SIZE.rows && at.column >= 0 && at.column < SIZE.columns).toBe(
              true,
            );
          }
          expect(isSelected(selection, selection.active)).toBe(true);
        }
      }),
    );
  });

  it.each([
    ['g', { command: true }, { name: 'goTo' }],
    ['d', { command: true }, { name: 'fillDown' }],
    ['R', { command: true }, { name: 'fillRight' }],
    ['Enter', { command: true }, { name: 'setSelection' }],
    ['C', { command: true, shift: true }, { name: 'copyWithHeaders' }],
    ['V', { command: true, shift: true }, { name: 'pasteSpecial' }],
    ['F2', {}, { name: 'edit' }],
    ['Delete', {}, { name: 'clear' }],
    ['x', {}, { name: 'type', text: 'x' }],
    ['c', { command: true }, null],
    ['v', { command: true }, null],
  ])('%s with %o', (key, more, expected) => {
    expect(press(key, more)).toEqual(expected);
  });
});
