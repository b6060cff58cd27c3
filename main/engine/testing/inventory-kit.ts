import { v7 } from 'uuid';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { orderUndoHook } from '../orders/unship.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { testEngine, type TestEngine, type TestOptions } from './test-engine.ts';
import { inventoryUndoHook } from '../inventory/undo-hook.ts';

export const UNDO_HOOKS = [orderUndoHook, inventoryUndoHook({ newId: v7 })];

export function inventoryEngine(options: TestOptions = {}): Promise<TestEngine> {
  return testEngine({ undoHooks: UNDO_HOOKS, ...options });
}

/** Calls as a window does, with input and output checked. */
export function caller(test: () => TestEngine) {
  return async <M extends MethodName>(method: M, params: Params<M>, requestId = v7()): Promise<Result<M>> =>
    (await dispatch(
      test().engine,
      method,
      params,
      { actor: 'mia', requestId, signal: new AbortController().signal },
      { checkOutput: true },
    )) as Result<M>;
}

export function accountOf(test: TestEngine): string {
  return test.engine.db.getComposed<{ id: string }>('SELECT id FROM account ORDER BY rid LIMIT 1')?.id ?? '';
}
