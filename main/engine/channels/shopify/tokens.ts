import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { ChannelContext } from '../contract.ts';
import { callFailed, failureOf, type ChannelFault } from '../kit/failures.ts';
import { callJson } from '../kit/http.ts';
import type { ShopMemory } from './memory.ts';
import { shopRoot } from './shop-address.ts';

/** A token is renewed this long before its end, so that none ends on its way. */
const EARLY_MS = 120_000;
const TIMEOUT_MS = 30_000;

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
  scope: z.string().optional(),
});
export type TokenAnswer = z.output<typeof answerSchema>;

const oauthErrorSchema = z.object({
  error: z.string(),
  error_description: z.string().catch(''),
});

/**
 * The access token of one account. Three ways lead to one:
 * - a static token of an old admin-made app (`accessToken`), which never ends;
 * - a refresh token from a sign-in (see oauth.ts), which gives tokens of an hour
 *   and is itself replaced with each of them: the new one is stored before
 *   anything is done with it;
 * - client id and secret of an app of the shop's own organisation, which give
 *   tokens of a day and are simply asked again.
 * All renewals of an account go through one request at a time.
 */
export class ShopTokens {
  private readonly context: ChannelContext;
  private readonly memory: ShopMemory;

  constructor(context: ChannelContext, memory: ShopMemory) {
    this.context = context;
    this.memory = memory;
  }

  private credential(name: string): string {
    return this.context.credentials[name]?.trim() ?? '';
  }

  async current(): Promise<string> {
    const fixed = this.credential('accessToken');
    if (fixed !== '') return fixed;
    this.assertRenewable();
    const stored = await this.context.tokens.read();
    const token = stored['accessToken'];
    const mine = stored['clientId'] === this.credential('clientId');
    const until = Number(stored['expiresAtMs'] ?? 0);
    if (token && mine && until - EARLY_MS > this.context.clock.now()) return token;
    return this.renew(token ?? '');
  }

  /** A fresh token after the shop refused `refused`; null when there is no way to get one. */
  async replace(refused: string): Promise<string | null> {
    if (this.credential('accessToken') !== '') return null;
    return this.renew(refused);
  }

  private assertRenewable(): void {
    if (this.credential('clientId') !== '' && this.credential('clientSecret') !== '') return;
    throw new CodedError(
      'CREDENTIALS_MISSING',
      'The shop needs either an access token (shpat_…) or the client id and secret of an app',
      { accountId: this.context.accountId },
    );
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
    const { accountId } = this.context;
    const stored = await this.context.tokens.read();
    const mine = stored['clientId'] === this.credential('clientId');
    // Somebody else renewed it between the refusal and now.
    const other = stored['accessToken'];
    if (mine && other && other !== refused && Number(stored['expiresAtMs'] ?? 0) > this.context.clock.now()) {
      return other;
    }
    const refreshToken = mine ? stored['refreshToken'] : undefined;
    const grant: Record<string, string> = refreshToken
      ? { grant_type: 'refresh_token', refresh_token: refreshToken }
      : { grant_type: 'client_credentials' };
    const answer = await requestToken(this.context, {
      ...grant,
      client_id: this.credential('clientId'),
      client_secret: this.credential('clientSecret'),
    }).catch((error: unknown) => {
      throw refreshToken ? error : withoutSignIn(error, accountId);
    });
    await storeTokens(this.context, this.credential('clientId'), answer);
    return answer.access_token;
  }
}

/** Refusals of the keys alone that a sign-in ends, because it installs the app and gives a token of this shop. */
const NEEDS_SIGN_IN = new Set(['shop_not_permitted', 'app_not_installed']);

/** Keys of an app get tokens by themselves only for shops of its own organisation. */
function withoutSignIn(error: unknown, accountId: string): unknown {
  const { channelCode, ...details } = failureOf(error) ?? {};
  if (channelCode === undefined || !NEEDS_SIGN_IN.has(channelCode)) return error;
  return new CodedError(
    'CREDENTIALS_MISSING',
    'Nobody has signed in to this shop yet, and it gives the app nothing without that; sign in in the browser, then it is read',
    { ...details, accountId, channelCode },
  );
}

/** A token without an end lives as long as the app is installed. */
const NEVER_S = 100 * 365 * 86_400;

export async function storeTokens(
  context: ChannelContext,
  clientId: string,
  answer: TokenAnswer,
): Promise<void> {
  const now = context.clock.now();
  const before = await context.tokens.read();
  const kept = before['clientId'] === clientId ? before['refreshToken'] : undefined;
  const refreshToken = answer.refresh_token ?? kept;
  await context.tokens.write({
    clientId,
    accessToken: answer.access_token,
    expiresAtMs: String(now + (answer.expires_in ?? NEVER_S) * 1_000),
    ...(refreshToken ? { refreshToken } : {}),
  });
}

/** One request to the shop's token endpoint. Refusals are CHANNEL_AUTH and say what to do. */
export async function requestToken(
  context: ChannelContext,
  form: Readonly<Record<string, string>>,
): Promise<TokenAnswer> {
  const url = new URL('admin/oauth/access_token', shopRoot(context.baseUrl));
  const path = url.pathname;
  try {
    const answer = await callJson(context, {
      method: 'POST',
      url,
      form,
      timeoutMs: TIMEOUT_MS,
      authorize: (_method, target) => ({ url: target, headers: {} }),
      readFault,
    });
    const parsed = answerSchema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw callFailed('CHANNEL_UNKNOWN', 'The shop answered without an access token', {
      method: 'POST',
      path,
    });
  } catch (error) {
    const { status, reason } = failureOf(error) ?? {};
    const page = reason === 'html' || reason === 'blocked';
    if (page && error instanceof CodedError && (status ?? 200) < 500) {
      // Shopify answers unknown apps and shops with a page instead of data.
      const message = 'The shop knows no such app; check client id, secret and the address of the shop';
      throw callFailed(
        'CHANNEL_AUTH',
        message,
        { method: 'POST', path, ...(status ? { status } : {}) },
        error,
      );
    }
    throw error;
  }
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  invalid_client: 'Client id or secret are not those of an app; copy them again from its settings',
  shop_not_permitted:
    'The app and the shop belong to different organisations; such an app needs the sign-in instead of client credentials',
  invalid_grant: 'The sign-in has ended; connect the shop again',
  invalid_request: 'The shop did not accept the sign-in; connect the shop again',
  application_cannot_be_found: 'The shop knows no app with this client id',
  app_not_installed: 'The app is not installed in the shop; install it first',
};

function readFault(body: unknown): ChannelFault | null {
  const parsed = oauthErrorSchema.safeParse(body);
  if (!parsed.success) return null;
  const { error: code, error_description: said } = parsed.data;
  return {
    code,
    message: WHAT_TO_DO[code] ?? (said || `The shop refused the app (${code})`),
    kind: 'CHANNEL_AUTH',
  };
}
