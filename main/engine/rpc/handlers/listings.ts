import type { MethodName } from '#shared/contract/methods.ts';
import { LISTING_FIELD_NAMES } from '#shared/domain/listing-fields.ts';
import { bulkEdit, bulkPreview, pasteIntoView, setRanges } from '../../catalog/bulk.ts';
import { editListings } from '../../catalog/edit.ts';
import { composeIds } from '../../catalog/filter-sql.ts';
import { groupRows } from '../../catalog/group-rows.ts';
import { isGroupRid, productOfGroup } from '../../catalog/grouping.ts';
import { findInView, textOfRange } from '../../catalog/view-text.ts';
import { edgeInView } from '../../catalog/view-edge.ts';
import { statsOfRanges } from '../../catalog/view-stats.ts';
import {
  distinctValues,
  listingRows,
  listingSiblings,
  requireListingRid,
  viewRows,
} from '../../catalog/rows.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Handlers } from '../handler.ts';

type Area = Extract<MethodName, `listings.${string}` | `views.${string}`>;

export const listingHandlers: Handlers<Area> = {
  'listings.query': ({ db, ports }, input) => {
    const filter = { ...input.filter, ...(input.accountId ? { accountIds: [input.accountId] } : {}) };
    const { sql, params } = composeIds(input.text, filter, input.sort, { now: ports.clock.now() });
    const rids = db.pluck<number>(sql, params);
    const offset = input.offset ?? 0;
    return { total: rids.length, rows: listingRows(db, rids.slice(offset, offset + (input.limit ?? 100))) };
  },
  'listings.get': ({ db }, { listingId }) => {
    const rid = requireListingRid(db, listingId);
    const [row] = viewRows(db, [rid], LISTING_FIELD_NAMES);
    if (!row) throw new CodedError('NOT_FOUND', `There is no listing ${listingId}`, { listingId });
    return { row, fields: [...LISTING_FIELD_NAMES], ...listingSiblings(db, rid) };
  },
  'listings.edit': ({ journal }, input, call) => editListings(journal, input, call),
  'listings.bulkEdit': (engine, input, call) => bulkEdit(engine, input, call),
  'listings.bulkPreview': (engine, input) => bulkPreview(engine, input),
  'listings.paste': (engine, input, call) => pasteIntoView(engine, input, call),
  'listings.setRanges': (engine, input, call) => setRanges(engine, input, call),
  'listings.fields': ({ db }, input) => ({
    values: distinctValues(db, input.field, input.text, input.limit ?? 50),
  }),
  'views.open': ({ views, bus }, input) => {
    const grouped = input.group && { open: input.open ?? false, like: input.like };
    const view = views.open(input.text, input.filter, input.sort, bus.rev, grouped);
    return {
      viewId: view.id,
      count: view.rids.length,
      rev: view.rev,
      listings: view.groups?.grouping.rids.length ?? view.rids.length,
    };
  },
  'views.toggle': ({ views }, { viewId, groups, open }) => ({
    count: views.toggle(viewId, groups?.map(productOfGroup), open).rids.length,
  }),
  'views.ids': ({ views }, { viewId }) => ({ ids: views.get(viewId).rids }),
  'views.rows': ({ db, views }, input) => {
    const view = views.get(input.viewId);
    const from = input.from ?? 0;
    const rids = input.rids ?? [
      ...view.rids.subarray(from, Math.min((input.to ?? from + 199) + 1, from + 1_000)),
    ];
    const { groups } = view;
    if (!groups) return { rows: viewRows(db, rids, input.fields) };
    const products = rids.filter(isGroupRid).map(productOfGroup);
    return {
      rows: viewRows(
        db,
        rids.filter((rid) => !isGroupRid(rid)),
        input.fields,
      ),
      groups: groupRows(db, groups, products, input.fields),
    };
  },
  'views.find': ({ db, views }, input) => findInView(db, views.get(input.viewId), input),
  'views.edge': ({ db, views }, input) => edgeInView(db, views.get(input.viewId), input),
  'views.stats': ({ db, views }, input) => statsOfRanges(db, views.get(input.viewId), input.ranges),
  'views.text': ({ db, views }, input) => ({ rows: textOfRange(db, views.get(input.viewId), input.range) }),
  'views.close': ({ views }, { viewId }) => {
    views.close(viewId);
    return {};
  },
};
