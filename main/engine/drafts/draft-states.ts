import type { Draft } from '#shared/contract/drafts.ts';
import type { ParsedParams } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Caller } from '../catalog/edit.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { CommandScope } from '../journal/journal.ts';
import { requireDraft, requireState, toDraft } from './draft-rows.ts';

const insertDraft = sql<{ id: string; name: string; actor: string; at: number }>(
  `INSERT INTO draft (id, name, state, created_by, created_at_ms, updated_at_ms)
   VALUES (:id, :name, 'open', :actor, :at, :at)`,
);
const submit = sql<{ draft: number; by: string; at: number }>(
  `UPDATE draft SET state = 'review', submitted_by = :by, submitted_at_ms = :at, approved_by = NULL,
     approved_at_ms = NULL, note = NULL, updated_at_ms = :at WHERE rid = :draft`,
);
const approve = sql<{ draft: number; by: string; note: string | null; at: number }>(
  `UPDATE draft SET state = 'approved', approved_by = :by, approved_at_ms = :at, note = :note, updated_at_ms = :at
   WHERE rid = :draft`,
);
const reopen = sql<{ draft: number; note: string | null; at: number }>(
  `UPDATE draft SET state = 'open', submitted_by = NULL, submitted_at_ms = NULL, approved_by = NULL,
     approved_at_ms = NULL, closed_by = NULL, closed_at_ms = NULL, note = :note, updated_at_ms = :at
   WHERE rid = :draft`,
);
const unmerge = sql<{ draft: number }>('UPDATE draft_cell SET merged_at_ms = NULL WHERE draft_rid = :draft');
const discard = sql<{ draft: number; actor: string; at: number }>(
  `UPDATE draft SET state = 'discarded', closed_by = :actor, closed_at_ms = :at, updated_at_ms = :at
   WHERE rid = :draft`,
);

type One = { readonly draft: Draft };

export function createDraft(engine: Engine, { name }: ParsedParams<'drafts.create'>, caller: Caller): One {
  const { result: id } = engine.journal.run(spec('drafts.create', `Begin draft ${name}`, caller), (scope) => {
    const draftId = engine.ports.newId();
    scope.db.run(insertDraft, { id: draftId, name, actor: scope.actor, at: scope.atMs });
    return draftId;
  });
  return { draft: toDraft(engine.db, requireDraft(engine.db, id)) };
}

export function submitDraft(
  engine: Engine,
  { draftId, by }: ParsedParams<'drafts.submit'>,
  caller: Caller,
): One {
  return step(
    engine,
    'drafts.submit',
    draftId,
    ['open'],
    'Ask for the review of draft',
    caller,
    (scope, draft) => scope.db.run(submit, { draft, by, at: scope.atMs }),
  );
}

/** Four eyes: the one who asked cannot be the one who approves. */
export function approveDraft(
  engine: Engine,
  { draftId, by, note }: ParsedParams<'drafts.approve'>,
  caller: Caller,
): One {
  const asked = requireDraft(engine.db, draftId).submitted_by;
  if (asked !== null && asked.toLowerCase() === by.toLowerCase()) {
    throw new CodedError('INVALID_STATE', `${by} asked for this review; somebody else has to approve it`, {
      draftId,
    });
  }
  return step(engine, 'drafts.approve', draftId, ['review'], 'Approve draft', caller, (scope, draft) =>
    scope.db.run(approve, { draft, by, note: note ?? null, at: scope.atMs }),
  );
}

/** Every cell waits again; those that are live already have nothing to change. */
export function reopenDraft(
  engine: Engine,
  { draftId, note }: ParsedParams<'drafts.reopen'>,
  caller: Caller,
): One {
  const from = ['review', 'approved', 'merged', 'discarded'] as const;
  return step(engine, 'drafts.reopen', draftId, from, 'Open draft', caller, (scope, draft) => {
    if (requireDraft(scope.db, draftId).state === 'merged') scope.db.run(unmerge, { draft });
    scope.db.run(reopen, { draft, note: note ?? null, at: scope.atMs });
  });
}

export function discardDraft(
  engine: Engine,
  { draftId }: ParsedParams<'drafts.discard'>,
  caller: Caller,
): One {
  const from = ['open', 'review', 'approved'] as const;
  return step(engine, 'drafts.discard', draftId, from, 'Discard draft', caller, (scope, draft) =>
    scope.db.run(discard, { draft, actor: scope.actor, at: scope.atMs }),
  );
}

function step(
  engine: Engine,
  method: string,
  draftId: string,
  from: readonly Draft['state'][],
  label: string,
  caller: Caller,
  work: (scope: CommandScope, draft: number) => unknown,
): One {
  const { name } = requireDraft(engine.db, draftId);
  engine.journal.run(spec(method, `${label} ${name}`, caller), (scope) => {
    const row = requireDraft(engine.db, draftId);
    requireState(row, from, 'this');
    work(scope, row.rid);
    return {};
  });
  return { draft: toDraft(engine.db, requireDraft(engine.db, draftId)) };
}

function spec(method: string, label: string, { actor, requestId }: Caller) {
  return { method, label, actor, requestId, reversible: false, keepEmpty: true };
}
