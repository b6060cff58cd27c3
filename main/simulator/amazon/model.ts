import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';

type Json = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'body' | 'header';
  readonly required?: boolean;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: { readonly enum?: readonly string[] };
  readonly schema?: Json;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, { readonly schema?: Json; readonly [extra: string]: unknown }>>;
}

export interface SandboxExample {
  readonly request: unknown;
  readonly response: unknown;
}

const FOLDER = resolve(process.cwd(), '../shared/schemas/amazon');
const MODELS = [
  'listings-items-api-model/listingsItems_2021-08-01.json',
  'orders-api-model/orders_2026-01-01.json',
  'orders-api-model/ordersV0.json',
  'reports-api-model/reports_2021-06-30.json',
  'feeds-api-model/feeds_2021-06-30.json',
  'product-pricing-api-model/productPricing_2022-05-01.json',
  'product-fees-api-model/productFeesV0.json',
  'product-type-definitions-api-model/definitionsProductTypes_2020-09-01.json',
  'sellers-api-model/sellers.json',
];

/** Amazon's models of its interfaces, kept beside the repository; null in a bare clone. */
export function amazonModels(): AmazonModels | null {
  if (existsSync(FOLDER)) return new AmazonModels();
  process.stderr.write(`${FOLDER} is not here: what would be checked against it is not checked\n`);
  return null;
}

interface Known {
  readonly method: string;
  readonly path: RegExp;
  readonly operation: Operation;
  readonly file: string;
}

export interface Traffic {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** Holds requests and answers against Amazon's Swagger models. */
export class AmazonModels {
  private readonly ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  private readonly known: Known[] = [];

  constructor() {
    formats.default(this.ajv);
    for (const file of MODELS) {
      const model = JSON.parse(readFileSync(resolve(FOLDER, file), 'utf8')) as {
        paths: Record<string, Record<string, Operation>>;
        definitions: Json;
      };
      this.ajv.addSchema({ $id: file, definitions: closed(flattened(model.definitions)) as Json });
      for (const [template, operations] of Object.entries(model.paths)) {
        const path = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
        for (const [method, operation] of Object.entries(operations)) {
          if (method === 'parameters') continue;
          this.known.push({ method: method.toUpperCase(), path, operation, file });
        }
      }
    }
  }

  operationOf(method: string, path: string): string | null {
    return this.find(method, path)?.operation.operationId ?? null;
  }

  /** What a document about a feed does not keep to in Amazon's own schema of it. */
  deviationsOfDocument(
    name: 'listings-feed-schema-v2' | 'listings-feed-processing-report-schema-v2',
    document: unknown,
  ): string[] {
    const schema = JSON.parse(readFileSync(resolve(FOLDER, `feeds/${name}.json`), 'utf8')) as Json;
    const { $schema: _draft, ...rest } = schema;
    const validate = this.ajv.compile(rest);
    if (validate(document)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  /** What Amazon's sandbox answers with this status, from the model. */
  examples(operationId: string, status = '200'): SandboxExample[] {
    const found = this.known.find((entry) => entry.operation.operationId === operationId);
    const sandbox = found?.operation.responses[status]?.['x-amzn-api-sandbox'] as
      | { static?: SandboxExample[] }
      | undefined;
    return sandbox?.static ?? [];
  }

  /** Everything that a request and its answer do not keep to; empty is as it should be. */
  deviations(traffic: Traffic): string[] {
    const found = this.find(traffic.method, traffic.url.pathname);
    if (!found) return [`${traffic.method} ${traffic.url.pathname} is in no model`];
    const at = (text: string): string => `${found.operation.operationId}: ${text}`;
    return [...this.ofRequest(found, traffic), ...this.ofAnswer(found, traffic)].map(at);
  }

  private find(method: string, path: string): Known | undefined {
    return this.known.find((entry) => entry.method === method && entry.path.test(path));
  }

  private ofRequest({ operation, file }: Known, { url, body }: Traffic): string[] {
    const parameters = operation.parameters ?? [];
    const problems: string[] = [];
    const query = parameters.filter((parameter) => parameter.in === 'query');
    for (const [name, value] of url.searchParams) {
      const parameter = query.find((candidate) => candidate.name === name);
      if (parameter) problems.push(...ofParameter(parameter, value));
      else problems.push(`no parameter ${name}`);
    }
    for (const { name, required } of query) {
      if (required && !url.searchParams.has(name)) problems.push(`${name} is missing`);
    }
    const content = parameters.find((parameter) => parameter.in === 'body');
    if (content?.schema) problems.push(...this.check(content.schema, file, body, 'request'));
    else if (body !== undefined) problems.push('has no body');
    return problems;
  }

  private ofAnswer({ operation, file }: Known, { status, answer }: Traffic): string[] {
    const response = operation.responses[String(status)];
    if (!response) return [`never answers ${status}`];
    return response.schema ? this.check(response.schema, file, answer, `answer ${status}`) : [];
  }

  private check(schema: Json, file: string, value: unknown, what: string): string[] {
    const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : '';
    const validate: ValidateFunction = this.ajv.compile(ref === '' ? schema : { $ref: `${file}${ref}` });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${what}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }
}

function ofParameter(parameter: Parameter, value: string): string[] {
  const { name, type, maximum, minItems = 0, maxItems = Infinity } = parameter;
  if (type === 'integer') {
    const number = Number(value);
    return Number.isInteger(number) && number <= (maximum ?? Infinity) ? [] : [`${name}=${value}`];
  }
  if (type === 'array') {
    const items = value.split(',');
    const unknown = items.filter((item) => parameter.items?.enum && !parameter.items.enum.includes(item));
    const count =
      items.length >= minItems && items.length <= maxItems ? [] : [`${name} has ${items.length} items`];
    return [...count, ...unknown.map((item) => `${name} knows no ${item}`)];
  }
  if (parameter.format === 'date-time' && !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value))
    return [`${name}=${value}`];
  return parameter.enum && !parameter.enum.includes(value) ? [`${name} knows no ${value}`] : [];
}

/** Parts of a definition put together, so that the whole and not each part is closed. */
function flattened(definitions: Json): Json {
  const flat = (definition: Json): Json => {
    const parts = definition['allOf'] as readonly Json[] | undefined;
    if (!parts) return definition;
    const own = [definition, ...parts.map((part) => flat(resolved(part)))].map(
      ({ properties = {}, required = [] }) => ({
        properties: properties as Json,
        required: required as readonly string[],
      }),
    );
    return {
      type: 'object',
      properties: Object.assign({}, ...own.map((part) => part.properties)) as Json,
      required: own.flatMap((part) => part.required),
    };
  };
  const resolved = (part: Json): Json => {
    const ref = part['$ref'];
    const name = typeof ref === 'string' ? (ref.split('/').at(-1) ?? '') : '';
    return name === '' ? part : (definitions[name] as Json);
  };
  return Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, flat(definition as Json)]),
  );
}

/** The models leave objects open; nothing that they do not describe is to be made up. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node as Json).map(([key, value]) => [key, closed(value)] as const);
  const plain: Json = Object.fromEntries(entries.filter(([key]) => key !== 'example'));
  const described = typeof plain['properties'] === 'object' && plain['additionalProperties'] === undefined;
  const isSchema = plain['type'] === 'object' || plain['$ref'] === undefined;
  return described && isSchema ? { ...plain, additionalProperties: false } : plain;
}
