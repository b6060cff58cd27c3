import { readParts } from '../kit/multipart.ts';
import type { Store } from './store.ts';

interface StagedInput {
  readonly filename: string;
  readonly mimeType: string;
  readonly resource: string;
  readonly httpMethod?: 'POST' | 'PUT' | null;
}

/** Where files wait until a mutation names them: places are handed out, files come by form. */
export class StagedUploads {
  private readonly store: Store;
  private readonly url: () => string;
  private readonly places = new Map<string, string | null>();

  constructor(store: Store, url: () => string) {
    this.store = store;
    this.url = url;
  }

  create({ input }: { input: readonly StagedInput[] }): object {
    const wrong = input.findIndex(
      ({ resource, httpMethod }) => resource !== 'BULK_MUTATION_VARIABLES' || httpMethod !== 'POST',
    );
    if (wrong >= 0) {
      const field = ['input', String(wrong), 'resource'];
      return {
        stagedTargets: null,
        userErrors: [{ field, message: 'This shop stages variables by POST only' }],
      };
    }
    const stagedTargets = input.map(({ filename, mimeType }) => {
      const key = `tmp/1/bulk/${this.store.newId()}/${filename}`;
      this.places.set(key, null);
      const parameters = [
        { name: 'Content-Type', value: mimeType },
        { name: 'success_action_status', value: '201' },
        { name: 'acl', value: 'private' },
        { name: 'key', value: key },
      ];
      return { url: `${this.url()}/staged`, resourceUrl: null, parameters };
    });
    return { stagedTargets, userErrors: [] };
  }

  /** Takes a form of fields with the file behind them; the status of the answer. */
  receive(body: string): number {
    const parts = readParts(body);
    if (parts === null) return 400;
    const key = parts.find(({ name }) => name === 'key')?.value ?? '';
    const file = parts.at(-1);
    // A storage server reads no field that comes behind the file.
    if (!this.places.has(key) || file?.name !== 'file') return 403;
    this.places.set(key, file.value);
    return 201;
  }

  /** The lines of a file; null when nothing was put there. */
  lines(path: string): readonly string[] | null {
    const text = this.places.get(path) ?? null;
    return text === null ? null : text.split('\n').filter((line) => line.trim() !== '');
  }
}
