import { createHash } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { ChannelContext } from '../contract.ts';
import { callFailed, type ChannelFault } from '../kit/failures.ts';
import { callJson } from '../kit/http.ts';
import { tokenUrl } from './marketplaces.ts';
import type { AmazonMemory } from './memory.ts';
import { secretAge, secretReminder } from './secret-age.ts';
import { updateTokens } from './token-notes.ts';

/** A token is renewed this long before its end, so that none ends on its way. */
const EARLY_MS = 120_000;
const TIMEOUT_MS = 30_000;

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
});

const errorSchema = z.object({ error: z.string(), error_description: z.string().catch('') });

/**
 * The access token of one account: an hour long, made from the refresh token of
 * the authorisation. All renewals of an account go through one request at a
 * time. A new refresh token is stored before anything is done with it.
 */
export class AmazonTokens {
  private readonly context: ChannelContext;
  private readonly memory: AmazonMemory;

  constructor(context: ChannelContext, memory: AmazonMemory) {
    this.context = context;
    this.memory = memory;
  }

  /** Throws CREDENTIALS_MISSING, CHANNEL_AUTH. */
  async current(): Promise<string> {
    const keys = this.keys();
    const stored = await this.context.tokens.read();
    const token = stored['accessToken'];
    const mine = stored['keys'] === fingerprint(keys);
    if (token && mine && Number(stored['expiresAtMs'] ?? 0) - EARLY_MS > this.context.clock.now())
      return token;
    return this.renew(token ?? '');
  }

  /** A fresh token after Amazon refused `refused`. */
  replace(refused: string): Promise<string> {
    return this.renew(refused);
  }

  private keys(): Keys {
    const [clientId, clientSecret, refreshToken] = ['clientId', 'clientSecret', 'refreshToken'].map(
      (name) => this.context.credentials[name]?.trim() ?? '',
    );
    if (!clientId || !clientSecret || !refreshToken) {
      throw new CodedError(
        'CREDENTIALS_MISSING',
        'The account needs client id, client secret and refresh token of the app',
        { accountId: this.context.accountId },
      );
    }
    return { clientId, clientSecret, refreshToken };
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
    const keys = this.keys();
    const { clock, tokens } = this.context;
    const stored = await tokens.read();
    const mine = stored['keys'] === fingerprint(keys);
    const other = stored['accessToken'];
    // Somebody else renewed it between the refusal and now.
    if (mine && other && other !== refused && Number(stored['expiresAtMs'] ?? 0) > clock.now()) return other;
    const refreshToken = (mine ? stored['refreshToken'] : undefined) ?? keys.refreshToken;
    const answer = await this.request({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: keys.clientId,
      client_secret: keys.clientSecret,
    });
    const next = {
      keys: fingerprint(keys),
      accessToken: answer.access_token,
      expiresAtMs: String(clock.now() + answer.expires_in * 1_000),
      refreshToken: answer.refresh_token ?? refreshToken,
    };
    await updateTokens(this.memory, this.context.accountId, tokens, (before) => ({ ...before, ...next }));
    return answer.access_token;
  }

  private async request(form: Readonly<Record<string, string>>): Promise<z.output<typeof answerSchema>> {
    const url = tokenUrl(this.context.baseUrl);
    const answer = await callJson(this.context, {
      method: 'POST',
      url,
      form,
      // It changes nothing that a failure could leave half done.
      readOnly: true,
      timeoutMs: TIMEOUT_MS,
      authorize: (_method, target) => ({ url: target, headers: {} }),
      readFault: (body) => this.readFault(body),
    });
    const parsed = answerSchema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw callFailed('CHANNEL_UNKNOWN', 'Amazon answered without an access token', {
      method: 'POST',
      path: url.pathname,
      status: answer.status,
    });
  }

  private readFault(body: unknown): ChannelFault | null {
    const parsed = errorSchema.safeParse(body);
    if (!parsed.success) return null;
    const { error: code, error_description: said } = parsed.data;
    const advice = WHAT_TO_DO[code];
    if (advice === undefined) return { code, message: said || `Amazon refused the app (${code})` };
    const { credentials, clock } = this.context;
    const reminder = secretReminder(secretAge(credentials['secretIssuedAt'], clock.now()));
    const message = code === 'invalid_client' && reminder !== null ? `${advice}. ${reminder}` : advice;
    return { code, message, kind: 'CHANNEL_AUTH' };
  }
}

/** Codes that mean that keys or authorisation are at fault; others are what their status says. */
const WHAT_TO_DO: Readonly<Record<string, string>> = {
  invalid_client:
    'Client id or secret are not those of an app; copy them again, or renew the secret that Amazon lets end after 180 days',
  invalid_grant: 'The authorisation has ended; authorise the app again in Seller Central',
  unauthorized_client: 'The app may not use this refresh token; authorise it again in Seller Central',
  access_denied: 'Amazon denies access to the app; authorise it again in Seller Central',
};

interface Keys {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** Tokens belong to the keys they were made from; other keys make their own. */
function fingerprint({ clientId, refreshToken }: Keys): string {
  return createHash('sha256').update(`${clientId}\n${refreshToken}`).digest('hex').slice(0, 24);
}
