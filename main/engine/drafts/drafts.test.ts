import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import { editListings } from '../catalog/edit.ts';
import { viewRows } from '../catalog/rows.ts';
import { undo } from '../journal/undo.ts';
import { seedListings, type SeededListing } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { collectEdits } from './collect.ts';
import { approveDraft, createDraft, discardDraft, reopenDraft, submitDraft } from './draft-states.ts';
import { getDraft, listDrafts } from './draft-views.ts';
import { editDraft, removeFromDraft } from './edit-draft.ts';
import { mergeDraft } from './merge.ts';

let test: TestEngine;
let rows: SeededListing[];
let draftId: string;
const caller = { actor: 'test' };

beforeEach(async () => {
  test = await testEngine();
  rows = seedListings(test.engine, 5);
  ({ draftId } = createDraft(test.engine, { name: 'Christmas' }, caller).draft);
});
afterEach(() => test.close());

type Change = readonly [row: number, field: 'price' | 'title' | 'quantity', value: WireValue];
const changesOf = (changes: readonly Change[]) =>
  changes.map(([row, field, value]) => ({ listingId: rows[row]?.listingId ?? '', field, value }));
const put = (...changes: Change[]) =>
  editDraft(test.engine, { draftId, changes: changesOf(changes) }, caller);
const live = (...changes: Change[]) =>
  editListings(test.engine.journal, { changes: changesOf(changes) }, caller);
const value = (row: number, field: 'price' | 'title' | 'quantity'): WireValue | undefined =>
  viewRows(test.engine.db, [rows[row]?.rid ?? -1], [field])[0]?.values[0];
const cells = () => getDraft(test.engine.db, { draftId }).cells;
const queued = (): number =>
  test.engine.db.pluck<number>("SELECT count(*) FROM outbox WHERE state = 'pending'")[0] ?? 0;

describe('a draft', () => {
  it('keeps changes apart, checked as live ones are, and forgets what returns to the live value', () => {
    const outcome = put([0, 'price', '12.50'], [1, 'price', '-1'], [2, 'title', 'New']);
    expect(outcome).toMatchObject({ applied: 2, rejectedTotal: 1, rejected: [{ code: 'NEGATIVE_PRICE' }] });
    expect([value(0, 'price'), queued()]).toEqual(['10.00', 0]);
    expect(cells()).toMatchObject([
      { field: 'price', before: '10.00', live: '10.00', after: '12.50', changedSince: false },
      { field: 'title', after: 'New' },
    ]);
    put([0, 'price', '10.00']);
    const gone = { listingId: rows[2]?.listingId ?? '', field: 'title' as const };
    expect(removeFromDraft(test.engine, { draftId, cells: [gone] }, caller)).toEqual({ removed: 1 });
    expect(cells()).toEqual([]);
  });

  it('is merged as one command, without what changed since unless that is named', () => {
    put([0, 'price', '12.50'], [1, 'price', '13.00'], [2, 'title', 'New']);
    live([1, 'price', '15.00']);
    const merged = mergeDraft(test.engine, { draftId }, caller);
    expect(merged).toMatchObject({
      applied: 2,
      rejected: [{ code: 'CHANGED_SINCE', field: 'price' }],
      draft: { state: 'open', cells: 1, changedSince: 1 },
    });
    expect([value(0, 'price'), value(1, 'price'), value(2, 'title')]).toEqual(['12.50', '15.00', 'New']);
    undo(test.engine.journal, [], { actor: 'test' });
    expect([value(0, 'price'), value(2, 'title')]).toEqual(['10.00', 'Product 2']);
    const overwrite = [{ listingId: rows[1]?.listingId ?? '', field: 'price' as const }];
    const rest = mergeDraft(test.engine, { draftId, overwrite }, caller);
    expect(rest).toMatchObject({ applied: 1, draft: { state: 'merged', cells: 0, closed: { by: 'test' } } });
    expect(value(1, 'price')).toBe('13.00');
  });

  it('waits for a second person once it is in review', () => {
    put([0, 'price', '12.50']);
    submitDraft(test.engine, { draftId, by: 'Ana' }, caller);
    expect(() => put([1, 'price', '1.00'])).toThrowError(/is review/);
    expect(() => mergeDraft(test.engine, { draftId }, caller)).toThrowError(/is review/);
    expect(() => approveDraft(test.engine, { draftId, by: 'ana' }, caller)).toThrowError(/somebody else/);
    const { draft } = approveDraft(test.engine, { draftId, by: 'Bo', note: 'Fine' }, caller);
    expect(draft).toMatchObject({ submitted: { by: 'Ana' }, approved: { by: 'Bo' }, note: 'Fine' });
    expect(mergeDraft(test.engine, { draftId }, caller).draft.state).toBe('merged');
  });

  it('comes back after it was discarded, and after a restart', async () => {
    put([0, 'price', '12.50']);
    discardDraft(test.engine, { draftId }, caller);
    expect(() => mergeDraft(test.engine, { draftId }, caller)).toThrowError(/is discarded/);
    test = await test.restart();
    reopenDraft(test.engine, { draftId }, caller);
    expect(listDrafts(test.engine.db, { states: ['open'] }).drafts).toMatchObject([
      { name: 'Christmas', cells: 1, listings: 1 },
    ]);
  });

  it('takes waiting edits out of the queue, and undo puts them back', () => {
    live([0, 'price', '12.50'], [1, 'title', 'New'], [2, 'quantity', 9]);
    put([2, 'quantity', 8]);
    expect(collectEdits(test.engine, { draftId }, caller)).toMatchObject({ moved: 2, skipped: 1 });
    expect([value(0, 'price'), value(1, 'title'), queued()]).toEqual(['10.00', 'Product 1', 1]);
    expect(cells().map(({ after }) => after)).toEqual(['12.50', 'New', 8]);
    undo(test.engine.journal, [], { actor: 'test' });
    expect([value(0, 'price'), queued()]).toEqual(['12.50', 3]);
  });

  it('is merged once, however often the request comes', () => {
    put([0, 'price', '12.50']);
    const requestId = '0198a000-0000-7000-8000-000000000001';
    const first = mergeDraft(test.engine, { draftId }, { actor: 'test', requestId });
    const second = mergeDraft(test.engine, { draftId }, { actor: 'test', requestId });
    expect(second).toEqual(first);
  });
});
