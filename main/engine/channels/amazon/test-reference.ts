import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(process.cwd(), '../shared/schemas/amazon');

interface Example {
  readonly response: Readonly<Record<string, unknown>>;
}

/** What Amazon's own sandbox answers, from a model kept beside the repository; null in a bare clone. */
export function sandboxAnswers(model: string, path: string, method: string): Example['response'][] | null {
  const file = resolve(FOLDER, model);
  if (!existsSync(file)) {
    process.stderr.write(`${file} is not here: what would be checked against it is not checked\n`);
    return null;
  }
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, { responses: Record<string, Record<string, unknown>> }>>;
  };
  const responses = Object.entries(paths[path]?.[method]?.responses ?? {});
  return responses
    .filter(([status]) => status.startsWith('2'))
    .flatMap(
      ([, response]) => (response['x-amzn-api-sandbox'] as { static?: Example[] } | undefined)?.static ?? [],
    )
    .map((example) => example.response);
}

/** A document of Amazon's that stands by itself; null in a bare clone. */
export function referenceFile(name: string): unknown {
  const file = resolve(FOLDER, name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
}
