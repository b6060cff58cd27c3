import type { Random } from '../kit/random.ts';

export interface AccessKeys {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const LIFE_S = 3_600;

/** Login with Amazon: gives access tokens of an hour for a refresh token. */
export class Access {
  readonly keys: AccessKeys;
  /** Tokens that were given out. */
  issued = 0;
  private readonly random: Random;
  private readonly now: () => number;
  private readonly tokens = new Map<string, number>();

  constructor(random: Random, now: () => number) {
    this.random = random;
    this.now = now;
    this.keys = {
      clientId: `amzn1.application-oa2-client.${random.hex(32)}`,
      clientSecret: `amzn1.oa2-cs.v1.${random.hex(64)}`,
      refreshToken: `Atzr|${random.hex(60)}`,
    };
  }

  issue(form: URLSearchParams): TokenAnswer {
    const failed = (status: number, error: string, error_description: string): TokenAnswer => ({
      status,
      body: { error, error_description },
    });
    if (
      form.get('client_id') !== this.keys.clientId ||
      form.get('client_secret') !== this.keys.clientSecret
    ) {
      return failed(401, 'invalid_client', 'Client authentication failed');
    }
    if (form.get('grant_type') !== 'refresh_token') {
      return failed(400, 'unsupported_grant_type', 'The authorization grant type is not supported');
    }
    if (form.get('refresh_token') !== this.keys.refreshToken) {
      return failed(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token');
    }
    this.issued += 1;
    const token = `Atza|${this.random.hex(60)}`;
    this.tokens.set(token, this.now() + LIFE_S * 1_000);
    const { refreshToken: refresh_token } = this.keys;
    return {
      status: 200,
      body: { access_token: token, refresh_token, token_type: 'bearer', expires_in: LIFE_S },
    };
  }

  accepts(token: string): boolean {
    return (this.tokens.get(token) ?? 0) > this.now();
  }

  /** Every token that is out ends now. */
  endTokens(): void {
    this.tokens.clear();
  }
}
