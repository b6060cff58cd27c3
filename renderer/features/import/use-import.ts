import { useMemo } from 'react';
import type { Params } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import { useEngine } from '../../lib/engine.tsx';
import { notifyError } from '../../ui/notify.tsx';
import type { FlowError, ImportFlow, ImportRequest } from './import-flow.ts';
import { newRun, useImportStore } from './import-store.ts';
import { recalled, remembered, useMappings, type Mappings } from './mappings.ts';

export interface ImportControl {
  readonly flow: ImportFlow;
  readonly choose: (file: string) => void;
  readonly change: (patch: Partial<Omit<ImportRequest, 'file'>>) => void;
  /** Sets the columns and remembers them for files with the same header. */
  readonly map: (mapping: Readonly<Record<string, string>>) => void;
  readonly apply: () => void;
  readonly stopPreview: () => void;
  readonly undo: () => Promise<void>;
  readonly restart: () => void;
}

/** The steps of an import, carried out by the engine. */
export function useImport(): ImportControl {
  const engine = useEngine();
  const flow = useImportStore((state) => state.flow);
  const dispatch = useImportStore((state) => state.dispatch);
  const [mappings, saveMappings] = useMappings();

  return useMemo((): ImportControl => {
    const change = (patch: Partial<Omit<ImportRequest, 'file'>>): void => {
      const run = newRun();
      dispatch({ type: 'changed', run, patch });
      void preview(engine, mappings, run);
    };
    return {
      flow,
      choose: (file) => {
        const run = newRun();
        dispatch({ type: 'chosen', run, file });
        void preview(engine, mappings, run);
      },
      change,
      map: (mapping) => {
        saveMappings(remembered(mappings, mapping));
        change({ mapping });
      },
      apply: () => {
        if (flow.step !== 'ready') return;
        const run = newRun();
        dispatch({ type: 'applied', run });
        engine
          .call('import.apply', { ...toParams(flow.request), planId: flow.plan.planId })
          .then((outcome) => dispatch({ type: 'finished', run, outcome }))
          .catch((error: unknown) => dispatch({ type: 'failed', run, error: toFlowError(error) }));
      },
      stopPreview,
      undo: async () => {
        if (flow.step !== 'done' || flow.outcome.commandId === null) return;
        try {
          const { changedSinceTotal } = await engine.call('history.undo', {
            commandId: flow.outcome.commandId,
          });
          dispatch({ type: 'undone', changedSince: changedSinceTotal });
        } catch (error) {
          notifyError(error);
        }
      },
      restart: () => dispatch({ type: 'restarted' }),
    };
  }, [engine, dispatch, flow, mappings, saveMappings]);
}

function stopPreview(): void {
  useImportStore.getState().stopper?.abort();
}

/** Reads the file as the flow asks for; where a person set the columns of such a file before, once more with these. */
async function preview(engine: EngineClient, mappings: Mappings, run: number): Promise<void> {
  const { dispatch, setStopper, stopper, flow } = useImportStore.getState();
  if (flow.step !== 'previewing') return;
  stopper?.abort();
  const mine = new AbortController();
  setStopper(mine);
  try {
    const plan = await engine.call('import.preview', toParams(flow.request), { signal: mine.signal });
    const known = flow.request.mapping === undefined ? recalled(mappings, plan) : null;
    if (known === null || mine.signal.aborted) {
      dispatch({ type: 'planned', run, plan });
      return;
    }
    const again = newRun();
    dispatch({ type: 'changed', run: again, patch: { mapping: known } });
    await preview(engine, mappings, again);
  } catch (error) {
    dispatch({ type: 'failed', run, error: toFlowError(error) });
  }
}

/** Choices that are left to the engine do not travel. */
export function toParams(request: ImportRequest): Params<'import.preview'> {
  const { file, format, accountId, currency, mapping } = request;
  return {
    file,
    ...(format === undefined ? {} : { format }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(currency === undefined ? {} : { currency }),
    ...(mapping === undefined ? {} : { mapping: { ...mapping } }),
  };
}

function toFlowError(error: unknown): FlowError {
  if (!(error instanceof CodedError)) {
    return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
  }
  const columns = error.details?.['columns'];
  return {
    code: error.code,
    message: error.message,
    ...(Array.isArray(columns) ? { columns: columns.map(String) } : {}),
  };
}
