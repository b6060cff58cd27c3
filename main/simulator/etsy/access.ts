import { createHash } from 'node:crypto';
import type { Random } from '../kit/random.ts';

export interface TokenReply {
  readonly status: number;
  readonly body: unknown;
}

const HOUR_S = 3_600;

/**
 * The shop's doors: keystring and shared secret of the app, tokens of an hour,
 * and one refresh token, which is dead as soon as it was used.
 */
export class Access {
  readonly keystring: string;
  readonly sharedSecret: string;
  private readonly userId: number;
  private readonly random: Random;
  private readonly now: () => number;
  private readonly tokens = new Map<string, number>();
  private readonly codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  private alive: string;
  private revoked = false;
  /** Tokens that were given out. */
  issued = 0;

  constructor(random: Random, userId: number, now: () => number) {
    this.random = random;
    this.userId = userId;
    this.now = now;
    this.keystring = random.hex(24);
    this.sharedSecret = random.hex(10);
    this.alive = `${userId}.${random.hex(48)}`;
  }

  /** The refresh token that works now. */
  get refreshToken(): string {
    return this.alive;
  }

  /** The refresh token of an earlier run goes on to work. */
  restore(refreshToken: string): void {
    this.alive = refreshToken;
  }

  acceptsKey(header: string): boolean {
    return header === `${this.keystring}:${this.sharedSecret}`;
  }

  acceptsToken(header: string): boolean {
    const [, token = ''] = /^Bearer (.+)$/.exec(header) ?? [];
    return (this.tokens.get(token) ?? 0) > this.now();
  }

  endTokens(): void {
    this.tokens.clear();
  }

  /** As after a change of the password. */
  revoke(): void {
    this.tokens.clear();
    this.revoked = true;
  }

  /** A person allows the app; the code that the browser carries back. */
  consent(challenge: string, redirectUri: string): string {
    const code = this.random.hex(32);
    this.codes.set(code, { challenge, redirectUri });
    return code;
  }

  /** Answers `POST /v3/public/oauth/token`. */
  issue(form: URLSearchParams): TokenReply {
    const given = (name: string): string => form.get(name) ?? '';
    if (given('client_id') !== this.keystring) return refused('invalid_client', 'client_id is not known');
    switch (given('grant_type')) {
      case 'refresh_token':
        if (this.revoked) return refused('invalid_grant', 'refresh_token is revoked');
        if (given('refresh_token') !== this.alive)
          return refused('invalid_grant', 'refresh_token is invalid');
        return this.answer();
      case 'authorization_code': {
        const code = this.codes.get(given('code'));
        this.codes.delete(given('code'));
        const challenge = createHash('sha256').update(given('code_verifier')).digest('base64url');
        if (code?.challenge !== challenge || code.redirectUri !== given('redirect_uri')) {
          return refused('invalid_grant', 'code is invalid');
        }
        this.revoked = false;
        return this.answer();
      }
      default:
        return refused('invalid_request', 'grant_type is not supported');
    }
  }

  private answer(): TokenReply {
    this.issued += 1;
    const token = `${this.userId}.${this.random.hex(48)}`;
    this.tokens.set(token, this.now() + HOUR_S * 1_000);
    this.alive = `${this.userId}.${this.random.hex(48)}`;
    return {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: HOUR_S, refresh_token: this.alive },
    };
  }
}

function refused(error: string, description: string): TokenReply {
  return { status: 400, body: { error, error_description: description } };
}
