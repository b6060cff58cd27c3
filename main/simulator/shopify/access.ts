import type { Random } from '../kit/random.ts';

export interface TokenReply {
  readonly status: number;
  readonly body: unknown;
}

const DAY_S = 86_399;
const HOUR_S = 3_600;
const REFRESH_S = 90 * 86_400;

/**
 * The shop's doors: a static token of an old custom app, tokens of a day for
 * client id and secret, and tokens of an hour with a refresh token that is
 * replaced each time.
 */
export class Access {
  readonly staticToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Codes that a person's consent gave out, each good for one exchange. */
  readonly codes = new Set<string>();
  private readonly random: Random;
  private readonly now: () => number;
  private readonly tokens = new Map<string, number>();
  private refreshToken: string | null = null;
  private retired: string | null = null;
  /** Token requests so far. */
  issued = 0;

  constructor(random: Random, now: () => number) {
    this.random = random;
    this.now = now;
    this.staticToken = `shpat_${random.hex(32)}`;
    this.clientId = random.hex(32);
    this.clientSecret = `shpss_${random.hex(32)}`;
  }

  accepts(token: string): boolean {
    if (token === this.staticToken) return true;
    return (this.tokens.get(token) ?? 0) > this.now();
  }

  /** All tokens but the static one end now, as after a change of the app. */
  endTokens(): void {
    this.tokens.clear();
  }

  /** A person allows the app in the shop's admin; the code that the browser carries back. */
  consent(): string {
    const code = this.random.hex(32);
    this.codes.add(code);
    return code;
  }

  /** Answers `POST /admin/oauth/access_token`. */
  issue(form: URLSearchParams): TokenReply {
    const given = (name: string): string => form.get(name) ?? '';
    if (given('client_id') !== this.clientId || given('client_secret') !== this.clientSecret) {
      return refused('invalid_client', 'The client is not known');
    }
    this.issued += 1;
    switch (given('grant_type')) {
      case 'client_credentials':
        return { status: 200, body: { ...this.token(DAY_S), scope: SCOPES.join(',') } };
      case 'refresh_token':
        return this.refresh(given('refresh_token'));
      default:
        return this.exchange(given('code'), given('expiring') === '1');
    }
  }

  private exchange(code: string, expiring: boolean): TokenReply {
    if (!this.codes.delete(code)) {
      return refused('invalid_request', 'The authorization code was not found or was already used');
    }
    const scope = SCOPES.join(',');
    if (!expiring) {
      const { access_token } = this.token(365 * 86_400);
      return { status: 200, body: { access_token, scope } };
    }
    return { status: 200, body: { ...this.token(HOUR_S), ...this.newRefreshToken(), scope } };
  }

  private refresh(token: string): TokenReply {
    // The one before is still taken, so that an answer that was lost does not lock the app out.
    if (token === '' || (token !== this.refreshToken && token !== this.retired)) {
      return refused('invalid_grant', 'The refresh token is not valid any more');
    }
    return {
      status: 200,
      body: { ...this.token(HOUR_S), ...this.newRefreshToken(), scope: SCOPES.join(',') },
    };
  }

  private token(seconds: number): { access_token: string; expires_in: number } {
    const token = `shpat_${this.random.hex(32)}`;
    this.tokens.set(token, this.now() + seconds * 1_000);
    return { access_token: token, expires_in: seconds };
  }

  private newRefreshToken(): { refresh_token: string; refresh_token_expires_in: number } {
    this.retired = this.refreshToken;
    this.refreshToken = `shprt_${this.random.hex(32)}`;
    return { refresh_token: this.refreshToken, refresh_token_expires_in: REFRESH_S };
  }
}

function refused(error: string, description: string): TokenReply {
  return { status: 400, body: { error, error_description: description } };
}

export const SCOPES: readonly string[] = [
  'read_locations',
  'write_inventory',
  'write_merchant_managed_fulfillment_orders',
  'write_orders',
  'write_products',
];
