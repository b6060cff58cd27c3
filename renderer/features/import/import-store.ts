import { create } from 'zustand';
import { nextFlow, START, type ImportEvent, type ImportFlow } from './import-flow.ts';

interface ImportState {
  readonly flow: ImportFlow;
  readonly dispatch: (event: ImportEvent) => void;
  /** Stops the preview that runs. */
  readonly stopper: AbortController | null;
  readonly setStopper: (stopper: AbortController | null) => void;
}

/** Outside the screen: an import goes on while a person looks at something else. */
export const useImportStore = create<ImportState>((set) => ({
  flow: START,
  dispatch: (event) => set(({ flow }) => ({ flow: nextFlow(flow, event) })),
  stopper: null,
  setStopper: (stopper) => set({ stopper }),
}));

let runs = 0;

export function newRun(): number {
  runs += 1;
  return runs;
}
