import { invalidParams } from './wp-error.ts';

/** How a parameter is checked, as far as a shop checks it. */
export interface Param {
  readonly type:
    | 'string'
    | 'integer'
    | 'boolean'
    | 'object'
    | 'objects'
    | 'integers'
    | 'strings'
    | 'date'
    | 'nullableString'
    | 'nullableInteger';
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly required?: boolean;
}
export type Params = Readonly<Record<string, Param>>;

type Problem = { readonly message: string; readonly code: string };

/** Checks a JSON body. Unknown names are ignored, like the shop does. Throws rest_invalid_param. */
export function checkBody(body: Readonly<Record<string, unknown>>, params: Params): void {
  const problems: Record<string, Problem> = {};
  for (const [name, param] of Object.entries(params)) {
    const value = body[name];
    if (value === undefined) continue;
    const problem = problemOf(name, value, param);
    if (problem) problems[name] = problem;
  }
  if (Object.keys(problems).length > 0) throw invalidParams(problems);
}

function problemOf(name: string, value: unknown, param: Param): Problem | null {
  const wrong = (type: string): Problem => ({
    message: `${name} is not of type ${type}.`,
    code: 'rest_invalid_type',
  });
  switch (param.type) {
    case 'string':
    case 'date':
      if (typeof value !== 'string') return wrong('string');
      break;
    case 'nullableString':
      if (value !== null && typeof value !== 'string') return wrong('string,null');
      break;
    case 'integer':
      if (!isInteger(value)) return wrong('integer');
      break;
    case 'nullableInteger':
      if (value !== null && value !== '' && !isInteger(value)) return wrong('integer,null');
      break;
    case 'boolean':
      if (typeof value !== 'boolean' && !['true', 'false', '0', '1', 0, 1].includes(value as string))
        return wrong('boolean');
      break;
    case 'object':
      if (!isObject(value)) return wrong('object');
      break;
    case 'objects':
      if (!Array.isArray(value)) return wrong('array');
      for (const [index, item] of value.entries()) {
        if (!isObject(item))
          return { message: `${name}[${index}] is not of type object.`, code: 'rest_invalid_type' };
      }
      break;
    case 'integers':
    case 'strings':
      if (!Array.isArray(value) && typeof value !== 'string') return wrong('array');
      break;
  }
  if (param.enum && !param.enum.includes(String(value))) {
    return { message: `${name} is not one of ${param.enum.join(', ')}.`, code: 'rest_not_in_enum' };
  }
  return null;
}

/** Reads the query of a list. Throws rest_invalid_param for what a shop refuses. */
export function checkQuery(query: URLSearchParams, params: Params): void {
  const problems: Record<string, Problem> = {};
  for (const [name, param] of Object.entries(params)) {
    const value = query.get(name);
    if (value === null) continue;
    const problem = queryProblem(name, value, param);
    if (problem) problems[name] = problem;
  }
  if (Object.keys(problems).length > 0) throw invalidParams(problems);
}

function queryProblem(name: string, value: string, param: Param): Problem | null {
  if (param.type === 'integer' && !/^-?\d+$/.test(value)) {
    return { message: `${name} is not of type integer.`, code: 'rest_invalid_type' };
  }
  if (param.type === 'integers' && !value.split(',').every((part) => /^\s*\d+\s*$/.test(part))) {
    return { message: `${name}[0] is not of type integer.`, code: 'rest_invalid_type' };
  }
  if (param.type === 'date' && !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/.test(value)) {
    return { message: 'Invalid date.', code: 'rest_invalid_date' };
  }
  const { min, max } = param;
  if (max !== undefined && (Number(value) > max || Number(value) < (min ?? 1))) {
    return {
      message: `${name} must be between ${min ?? 1} (inclusive) and ${max} (inclusive)`,
      code: 'rest_out_of_bounds',
    };
  }
  if (max === undefined && min !== undefined && Number(value) < min) {
    return { message: `${name} must be greater than or equal to ${min}`, code: 'rest_out_of_bounds' };
  }
  const allowed = param.enum;
  const values = param.type === 'strings' ? value.split(',') : [value];
  if (allowed && values.some((part) => !allowed.includes(part))) {
    return { message: `${name} is not one of ${allowed.join(', ')}.`, code: 'rest_not_in_enum' };
  }
  return null;
}

function isInteger(value: unknown): boolean {
  return (
    (typeof value === 'number' && Number.isInteger(value)) ||
    (typeof value === 'string' && /^-?\d+$/.test(value))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
