import type { Result } from '#shared/contract/methods.ts';
import type { ImportPlan, READ_FORMATS } from '#shared/contract/workspace.ts';

export type ImportFormat = (typeof READ_FORMATS)[number];
export type ImportOutcome = Result<'import.apply'>;

/** What to read and how; `undefined` leaves the choice to the engine. */
export interface ImportRequest {
  readonly file: string;
  readonly format?: ImportFormat | undefined;
  readonly accountId?: string | undefined;
  readonly currency?: string | undefined;
  readonly mapping?: Readonly<Record<string, string>> | undefined;
}

export interface FlowError {
  readonly code: string;
  readonly message: string;
  /** Headers of the file, when it could be read so far. */
  readonly columns?: readonly string[] | undefined;
}

type Columns = ImportPlan['columns'];

/**
 * Where an import stands. A preview that is being made again keeps the last
 * plan on the screen, so nothing jumps; it just cannot be applied meanwhile.
 */
export type ImportFlow =
  | { readonly step: 'choose' }
  | {
      readonly step: 'previewing';
      readonly run: number;
      readonly request: ImportRequest;
      readonly plan: ImportPlan | null;
    }
  | { readonly step: 'ready'; readonly request: ImportRequest; readonly plan: ImportPlan }
  | {
      readonly step: 'applying';
      readonly run: number;
      readonly request: ImportRequest;
      readonly plan: ImportPlan;
    }
  | {
      readonly step: 'done';
      readonly request: ImportRequest;
      readonly plan: ImportPlan;
      readonly outcome: ImportOutcome;
      readonly undone: boolean;
      /** Cells that something else changed after the import; undo left them alone. */
      readonly changedSince: number;
    }
  | {
      readonly step: 'failed';
      readonly request: ImportRequest;
      readonly plan: ImportPlan | null;
      readonly error: FlowError;
    };

export type ImportEvent =
  | { readonly type: 'chosen'; readonly run: number; readonly file: string }
  | { readonly type: 'changed'; readonly run: number; readonly patch: Partial<Omit<ImportRequest, 'file'>> }
  | { readonly type: 'planned'; readonly run: number; readonly plan: ImportPlan }
  | { readonly type: 'applied'; readonly run: number }
  | { readonly type: 'finished'; readonly run: number; readonly outcome: ImportOutcome }
  | { readonly type: 'failed'; readonly run: number; readonly error: FlowError }
  | { readonly type: 'undone'; readonly changedSince: number }
  | { readonly type: 'restarted' };

export const START: ImportFlow = { step: 'choose' };

/** The answer of a run that is no longer awaited changes nothing. */
export function nextFlow(flow: ImportFlow, event: ImportEvent): ImportFlow {
  switch (event.type) {
    case 'restarted':
      return START;
    case 'chosen': {
      // The account stays chosen from file to file; format and columns belong to one file.
      const accountId = flow.step === 'choose' ? undefined : flow.request.accountId;
      return { step: 'previewing', run: event.run, request: { file: event.file, accountId }, plan: null };
    }
    case 'changed':
      if (flow.step === 'choose' || flow.step === 'applying') return flow;
      return {
        step: 'previewing',
        run: event.run,
        request: { ...flow.request, ...event.patch },
        plan: flow.step === 'done' ? null : flow.plan,
      };
    case 'planned':
      if (flow.step !== 'previewing' || flow.run !== event.run) return flow;
      return { step: 'ready', request: flow.request, plan: event.plan };
    case 'applied':
      return flow.step === 'ready'
        ? { step: 'applying', run: event.run, request: flow.request, plan: flow.plan }
        : flow;
    case 'finished':
      if (flow.step !== 'applying' || flow.run !== event.run) return flow;
      return {
        step: 'done',
        request: flow.request,
        plan: flow.plan,
        outcome: event.outcome,
        undone: false,
        changedSince: 0,
      };
    case 'failed':
      return failedFlow(flow, event.run, event.error);
    case 'undone':
      return flow.step === 'done' ? { ...flow, undone: true, changedSince: event.changedSince } : flow;
  }
}

function failedFlow(flow: ImportFlow, run: number, error: FlowError): ImportFlow {
  if ((flow.step !== 'previewing' && flow.step !== 'applying') || flow.run !== run) return flow;
  if (error.code !== 'CANCELLED') return { step: 'failed', request: flow.request, plan: flow.plan, error };
  // Stopped by hand: back to what was there before.
  return flow.plan ? { step: 'ready', request: flow.request, plan: flow.plan } : START;
}

/** The format that a plan was made with, or that was asked for. */
export function shownFormat(request: ImportRequest, plan: ImportPlan | null): ImportFormat | null {
  return plan?.format ?? request.format ?? null;
}

/** Whether applying would write anything. */
export function writesAnything(plan: ImportPlan): boolean {
  return plan.create + plan.cells > 0;
}

/** Columns of the file and what they are read into: as chosen, else as the engine learned them. */
export function shownColumns(flow: ImportFlow): Columns {
  if (flow.step === 'choose') return [];
  const found =
    flow.plan?.columns ??
    (flow.step === 'failed' ? (flow.error.columns ?? []).map((header) => ({ header, target: null })) : []);
  const { mapping } = flow.request;
  if (mapping === undefined) return found;
  return found.map(({ header, target }) => ({
    header,
    target: header in mapping ? mapping[header] || null : target,
  }));
}

/** A mapping of all columns with one of them changed; no two columns feed one target. */
export function withColumn(columns: Columns, header: string, target: string): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const column of columns) {
    const current = column.header === header ? target : (column.target ?? '');
    const taken = column.header !== header && current === target && target !== '';
    if (column.header !== '' && !(column.header in mapping)) mapping[column.header] = taken ? '' : current;
  }
  return mapping;
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** A refused cell as a remark: its message begins with the row and the SKU. */
export function toRemark({ code, message }: { readonly code: string; readonly message: string }): {
  row: number;
  sku: string | null;
  code: string;
  message: string;
} {
  const found = /^Row (\d+)(?: \((.*?)\))?: (.*)$/s.exec(message);
  if (!found) return { row: 0, sku: null, code, message };
  return { row: Number(found[1]), sku: found[2] ?? null, code, message: found[3] ?? '' };
}
