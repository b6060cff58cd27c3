import type { MethodName } from '#shared/contract/methods.ts';
import { sql } from '../../db/statement.ts';
import { describeAccount, listAccounts, requireAccount } from '../../sync/accounts.ts';
import { exportHandList, handList, importAccountFile } from '../../sync/by-hand.ts';
import { listDrift } from '../../sync/drift.ts';
import { accountHealth } from '../../sync/health.ts';
import { addAccount, removeAccount, testAccount, updateAccount } from '../../sync/manage-accounts.ts';
import { pull } from '../../sync/pull.ts';
import type { Handlers } from '../handler.ts';

type Area = Extract<MethodName, `channels.${string}` | 'sync.pull'>;

const quarantined = sql<
  { account: number | null },
  {
    accountId: string;
    resource: 'listings' | 'orders';
    externalId: string | null;
    reason: string;
    at: number;
    raw: string;
  }
>(
  `SELECT a.id AS accountId, q.resource, q.external_id AS externalId, q.reason, q.at_ms AS at, substr(CASE q.resource
     WHEN 'orders' THEN coalesce(person_open('quarantine:' || q.account_rid || ':' || coalesce(q.external_id, ''), unhex(q.raw)), '')
     ELSE q.raw END, 1, 20000) AS raw
   FROM quarantine q JOIN account a ON a.rid = q.account_rid
   WHERE :account IS NULL OR q.account_rid = :account ORDER BY q.at_ms DESC LIMIT 500`,
);

export const channelHandlers: Handlers<Area> = {
  'channels.add': (engine, input, call) => addAccount(engine, input, call),
  'channels.list': (engine) => ({
    accounts: listAccounts(engine.db).map((row) => describeAccount(engine, row)),
  }),
  'channels.test': (engine, input, call) => testAccount(engine, input.accountId, call.signal),
  'channels.update': (engine, input, call) => updateAccount(engine, input, call),
  'channels.remove': (engine, input, call) => removeAccount(engine, input, call),
  'channels.health': (engine, input) => accountHealth(engine, input.accountId),
  'channels.drift': ({ db }, input) => listDrift(db, requireAccount(db, input.accountId), input.limit),
  'channels.authorizeStart': (engine, input) => engine.signIns.start(engine, input),
  'channels.authorizeFinish': (engine, input, call) =>
    engine.signIns.finish(engine, input.authorizationId, call.signal),
  'channels.importFile': (engine, input, call) => importAccountFile(engine, input, call.signal),
  'channels.handList': (engine, input) => handList(engine, input),
  'channels.exportHandList': (engine, input) => exportHandList(engine, input),
  'channels.quarantine': ({ db }, input) => ({
    records: db.all(quarantined, {
      account: input.accountId ? requireAccount(db, input.accountId).rid : null,
    }),
  }),
  'sync.pull': (engine, input, call) => pull(engine, input, call.signal),
};
