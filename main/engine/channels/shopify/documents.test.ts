import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { bulkProductsQuery, OPERATIONS } from './documents.ts';

const SCHEMA = resolve(process.cwd(), '../shared/schemas/shopify/admin_2026-10.graphql');
const present = existsSync(SCHEMA);
if (!present) process.stderr.write(`${SCHEMA} is not here: the documents are not checked against it\n`);
// The published schema deprecates a few fields that interfaces of it do not, which has no bearing on documents.
const schema: GraphQLSchema | null = present
  ? buildSchema(readFileSync(SCHEMA, 'utf8'), { assumeValid: true })
  : null;

describe('documents', () => {
  test('are named, parse, and are what they are said to be', () => {
    for (const { name, kind, document } of OPERATIONS) {
      const [definition] = parse(document).definitions;
      expect(definition).toMatchObject({
        kind: 'OperationDefinition',
        operation: kind,
        name: { value: name },
      });
    }
    expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length);
  });

  test('are valid in the official schema', () => {
    if (!schema) return;
    const broken = OPERATIONS.flatMap(({ name, document }) =>
      validate(schema, parse(document)).map((error) => `${name}: ${error.message}`),
    );
    expect(broken).toEqual([]);
  });

  test('the query of a bulk file is valid too, and takes neither variables nor fragments', () => {
    const text = bulkProductsQuery('gid://shopify/Location/1');
    expect(text).not.toMatch(/\$|\bfragment\b/);
    if (!schema) return;
    expect(validate(schema, parse(text)).map((error) => error.message)).toEqual([]);
  });

  test('use nothing that is deprecated', () => {
    if (!schema) return;
    const old: string[] = [];
    for (const { name, document } of OPERATIONS) {
      const info = new TypeInfo(schema);
      visit(
        parse(document),
        visitWithTypeInfo(info, {
          Field() {
            const field = info.getFieldDef();
            if (field?.deprecationReason) old.push(`${name}: ${field.name}: ${field.deprecationReason}`);
          },
          Argument() {
            const argument = info.getArgument();
            if (argument?.deprecationReason) old.push(`${name}: ${argument.name}`);
          },
        }),
      );
    }
    expect(old).toEqual([]);
  });

  test('name a key of idempotency wherever stock or money moves', () => {
    const moving = /\b(inventory\w+|refundCreate)\(/;
    const bare = OPERATIONS.filter(
      ({ kind, document }) =>
        kind === 'mutation' && moving.test(document) && !document.includes('@idempotent(key: $key)'),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});
