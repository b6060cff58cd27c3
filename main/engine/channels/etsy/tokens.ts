import { createHash } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { ChannelContext } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import { callJson } from '../kit/http.ts';
import { tokenAddress } from './addresses.ts';
import { readFault } from './faults.ts';
import type { EtsyMemory } from './memory.ts';
import { CallQuota } from './quota.ts';

/** A token is renewed this long before its end, so that none ends on its way. */
const EARLY_MS = 120_000;
const TIMEOUT_MS = 30_000;
/** A refresh token that is not used for so long ends. */
const REFRESH_LIFE_MS = 90 * 86_400_000;

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1),
});
export type TokenAnswer = z.output<typeof answerSchema>;

/**
 * The access token of one account: one hour long, made from a refresh token
 * that Etsy replaces each time and that is dead after its use. Both new ones
 * are stored before either is used, and all renewals of an account go through
 * one request at a time.
 */
export class EtsyTokens {
  private readonly context: ChannelContext;
  private readonly memory: EtsyMemory;

  constructor(context: ChannelContext, memory: EtsyMemory) {
    this.context = context;
    this.memory = memory;
  }

  async current(): Promise<string> {
    const stored = await ownTokens(this.context);
    const until = Number(stored['expiresAtMs'] ?? 0);
    const token = stored['accessToken'];
    if (token && until - EARLY_MS > this.context.clock.now()) return token;
    return this.renew(token ?? '');
  }

  /** A fresh token after Etsy refused `refused`. */
  async replace(refused: string): Promise<string> {
    return this.renew(refused);
  }

  private renew(refused: string): Promise<string> {
    const { renewals } = this.memory;
    const { accountId } = this.context;
    const running = renewals.get(accountId);
    if (running) return running;
    const renewal = this.ask(refused).finally(() => renewals.delete(accountId));
    renewals.set(accountId, renewal);
    return renewal;
  }

  private async ask(refused: string): Promise<string> {
    const stored = await ownTokens(this.context);
    const other = stored['accessToken'];
    // Somebody else renewed it between the refusal and now.
    if (other && other !== refused && Number(stored['expiresAtMs'] ?? 0) > this.context.clock.now())
      return other;
    const refreshToken = stored['refreshToken'] ?? credential(this.context, 'refreshToken');
    if (refreshToken === '') {
      throw new CodedError(
        'CREDENTIALS_MISSING',
        'The shop is not signed in yet; sign in with Etsy or paste a refresh token',
        { accountId: this.context.accountId },
      );
    }
    const answer = await requestToken(this.context, this.memory, {
      grant_type: 'refresh_token',
      client_id: credential(this.context, 'keystring'),
      refresh_token: refreshToken,
    });
    await storeTokens(this.context, answer);
    return answer.access_token;
  }
}

export function credential(context: ChannelContext, name: string): string {
  return context.credentials[name]?.trim() ?? '';
}

/**
 * Which app and pasted token the stored ones grew from: when a person pastes
 * another, those are of no use any more.
 */
function originOf(context: ChannelContext): string {
  const text = `${credential(context, 'keystring')} ${credential(context, 'refreshToken')}`;
  return createHash('sha256').update(text).digest('hex');
}

async function ownTokens(context: ChannelContext): Promise<Readonly<Record<string, string>>> {
  const stored = await context.tokens.read();
  return stored['origin'] === originOf(context) ? stored : {};
}

export async function storeTokens(context: ChannelContext, answer: TokenAnswer): Promise<void> {
  await context.tokens.write({
    origin: originOf(context),
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAtMs: String(context.clock.now() + answer.expires_in * 1_000),
    renewedAtMs: String(context.clock.now()),
  });
}

/** One request to the token endpoint; it takes no secret of the app. Refusals are CHANNEL_AUTH. */
export async function requestToken(
  context: ChannelContext,
  memory: EtsyMemory,
  form: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  await new CallQuota(context, memory).take('now');
  const url = tokenAddress(context.baseUrl);
  const answer = await callJson(context, {
    method: 'POST',
    url,
    form,
    timeoutMs: TIMEOUT_MS,
    authorize: (_method, target) => ({ url: target, headers: {} }),
    readFault: (body) => {
      const fault = readFault(body);
      return fault && { ...fault, kind: 'CHANNEL_AUTH' };
    },
  });
  const parsed = answerSchema.safeParse(answer.body);
  if (parsed.success) return parsed.data;
  const details = { method: 'POST', path: url.pathname };
  throw callFailed('CHANNEL_UNKNOWN', 'Etsy answered without tokens', details);
}

/** When the sign-in ends unless it is used before, epoch ms; null when it was not used yet. */
export async function refreshTokenEnds(context: ChannelContext): Promise<number | null> {
  const renewedAt = Number((await ownTokens(context))['renewedAtMs'] ?? Number.NaN);
  return Number.isFinite(renewedAt) ? renewedAt + REFRESH_LIFE_MS : null;
}
