import { describe, expect, it } from 'vitest';
import { settingsSchema } from '#shared/contract/bridge.ts';
import { packColumns, parseViews, putView, unpackColumns, type SavedView } from './saved-views.ts';

const view = (name: string, text = ''): SavedView => ({
  name,
  text,
  filter: { stock: 'out' },
  sort: [{ key: 'price', direction: 'desc' }],
  columns: [
    ['sku', 150, false, 'l'],
    ['price', 100, true, ''],
  ],
  density: 'compact',
  layout: 'rows',
});

describe('saved views', () => {
  it('packs columns and gets them back', () => {
    const state = {
      columns: [
        { key: 'sku', width: 150, hidden: false, pinned: 'left' as const },
        { key: 'price', width: 100, hidden: true, pinned: null },
      ],
    };
    expect(unpackColumns(packColumns(state))).toEqual(state);
  });

  it('replaces a view of the same name in its place', () => {
    const views = putView([view('a'), view('b')], view('a', 'mug'));
    expect(views?.map(({ name, text }) => [name, text])).toEqual([
      ['a', 'mug'],
      ['b', ''],
    ]);
  });

  it('reads what it stored and leaves out what it cannot read', () => {
    const stored: unknown = JSON.parse(JSON.stringify([view('a'), { name: 'old' }, null, view('b')]));
    expect(parseViews(stored as unknown[])).toEqual([view('a'), view('b')]);
  });

  it('refuses a view that would not fit into the settings any more', () => {
    let views: SavedView[] = [];
    for (let count = 0; ; count += 1) {
      const next = putView(views, view(`view ${count}`, 'x'.repeat(400)));
      if (!next) break;
      views = next;
    }
    const screens = { 'listings.views': JSON.stringify({ views }) };
    expect(views.length).toBeGreaterThan(10);
    expect(settingsSchema.shape.screens.safeParse(screens).success).toBe(true);
  });
});
