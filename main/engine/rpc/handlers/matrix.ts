import type { MethodName } from '#shared/contract/methods.ts';
import { matrixFind, matrixStats, matrixText } from '../../catalog/matrix/matrix-cells.ts';
import {
  adoptMasters,
  editMatrix,
  linkMatrix,
  pasteMatrix,
  setMatrix,
} from '../../catalog/matrix/matrix-commands.ts';
import { matrixRows, positionsOf, rowsOfSkus } from '../../catalog/matrix/matrix-rows.ts';
import { openMatrix } from '../../catalog/matrix/open-matrix.ts';
import type { Handlers } from '../handler.ts';

export const matrixHandlers: Handlers<Extract<MethodName, `matrix.${string}`>> = {
  'matrix.open': (engine, input) => openMatrix(engine, input),
  'matrix.rows': ({ db, views }, input) => {
    if (input.viewId === undefined) return { rows: rowsOfSkus(db, input.skus ?? []) };
    const view = views.get(input.viewId);
    const from = input.from ?? 0;
    const to = Math.min(input.to ?? from + 199, from + 999);
    const positions = input.rids
      ? positionsOf(view, input.rids)
      : Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
    return { rows: matrixRows(db, view, positions) };
  },
  'matrix.text': ({ db, views }, input) => ({ rows: matrixText(db, views.get(input.viewId), input.range) }),
  'matrix.stats': ({ db, views }, input) => matrixStats(db, views.get(input.viewId), input.ranges),
  'matrix.find': ({ db, views }, input) => matrixFind(db, views.get(input.viewId), input),
  'matrix.edit': (engine, input, call) => editMatrix(engine, input, call),
  'matrix.paste': (engine, input, call) => pasteMatrix(engine, input, call),
  'matrix.set': (engine, input, call) => setMatrix(engine, input, call),
  'matrix.link': (engine, input, call) => linkMatrix(engine, input, call),
  'matrix.adopt': (engine, input, call) => adoptMasters(engine, input, call),
};
