import type { MethodName } from '#shared/contract/methods.ts';
import { collectEdits } from '../../drafts/collect.ts';
import {
  approveDraft,
  createDraft,
  discardDraft,
  reopenDraft,
  submitDraft,
} from '../../drafts/draft-states.ts';
import { getDraft, listDrafts } from '../../drafts/draft-views.ts';
import { editDraft, removeFromDraft } from '../../drafts/edit-draft.ts';
import { mergeDraft } from '../../drafts/merge.ts';
import type { Call, Handlers } from '../handler.ts';

const callerOf = ({ actor, requestId }: Call): { actor: string; requestId: string | undefined } => ({
  actor,
  requestId,
});

export const draftHandlers: Handlers<Extract<MethodName, `drafts.${string}`>> = {
  'drafts.list': ({ db }, input) => listDrafts(db, input),
  'drafts.get': ({ db }, input) => getDraft(db, input),
  'drafts.create': (engine, input, call) => createDraft(engine, input, call),
  'drafts.edit': (engine, input, call) => editDraft(engine, input, callerOf(call)),
  'drafts.collect': (engine, input, call) => collectEdits(engine, input, callerOf(call)),
  'drafts.remove': (engine, input, call) => removeFromDraft(engine, input, callerOf(call)),
  'drafts.submit': (engine, input, call) => submitDraft(engine, input, call),
  'drafts.approve': (engine, input, call) => approveDraft(engine, input, call),
  'drafts.reopen': (engine, input, call) => reopenDraft(engine, input, call),
  'drafts.discard': (engine, input, call) => discardDraft(engine, input, call),
  'drafts.merge': (engine, input, call) => mergeDraft(engine, input, call),
};
