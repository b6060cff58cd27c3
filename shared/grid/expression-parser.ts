import { arithmetic, comparison, logic } from './expression-operators.ts';
import { EXPRESSION_FUNCTIONS } from './expression-functions.ts';
import type { ExpressionFunction, ValueType } from './expression-functions.ts';
import type { Node } from './expression-node.ts';
import { ExpressionFailure } from './expression-tokens.ts';
import type { Token } from './expression-tokens.ts';
import { fromDecimal, negate } from './rational.ts';
import type { Rational } from './rational.ts';

/** How tightly the sign binds its left side; absent = it ends the operand. */
const BINDING: Readonly<Record<string, number>> = {
  or: 1,
  '||': 1,
  and: 2,
  '&&': 2,
  '=': 4,
  '==': 4,
  '!=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
const NOT_BINDING = 3;
const SIGN_BINDING = 7;

/** A Pratt parser that checks types and builds the closures that evaluate, in one pass. */
export class ExpressionParser {
  /** Fields the expression reads, each once. */
  readonly used = new Set<string>();
  private index = 0;
  private readonly tokens: readonly Token[];
  private readonly fields: ReadonlyMap<string, { readonly name: string; readonly type: ValueType }>;

  /** `fields` by lower-case name. */
  constructor(tokens: readonly Token[], fields: ReadonlyMap<string, { name: string; type: ValueType }>) {
    this.tokens = tokens;
    this.fields = fields;
  }

  /** Throws {@link ExpressionFailure}. */
  parse(): Node {
    const node = this.operand(0);
    if (this.peek().kind !== 'end') throw this.unexpected();
    return node;
  }

  private peek(): Token {
    const token = this.tokens[this.index];
    if (!token) throw new ExpressionFailure('UNEXPECTED_END', 'The expression ends too early', 0);
    return token;
  }

  private take(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  private takeSign(sign: string): boolean {
    const token = this.peek();
    if (token.kind !== 'sign' || token.value !== sign) return false;
    this.index += 1;
    return true;
  }

  private unexpected(): ExpressionFailure {
    const { kind, value, at } = this.peek();
    return kind === 'end'
      ? new ExpressionFailure('UNEXPECTED_END', 'The expression ends too early', at)
      : new ExpressionFailure('UNEXPECTED', `"${value}" is not expected here`, at);
  }

  private operand(binding: number): Node {
    let left = this.prefix();
    for (;;) {
      const token = this.peek();
      const sign = token.kind === 'name' ? token.value.toLowerCase() : token.value;
      const power = token.kind === 'sign' || token.kind === 'name' ? BINDING[sign] : undefined;
      if (power === undefined || power <= binding) return left;
      this.index += 1;
      left = this.infix(sign, token.at, left, this.operand(power));
    }
  }

  private infix(sign: string, at: number, left: Node, right: Node): Node {
    if (sign in LOGIC) return logic(sign === 'and' || sign === '&&', left, right);
    return BINDING[sign] === 4 ? comparison(sign, at, left, right) : arithmetic(sign, at, left, right);
  }

  private prefix(): Node {
    const token = this.peek();
    switch (token.kind) {
      case 'number': {
        this.index += 1;
        const value = fromDecimal(token.value.startsWith('.') ? `0${token.value}` : token.value);
        return { type: 'number', at: token.at, run: () => value };
      }
      case 'text':
        this.index += 1;
        return { type: 'text', at: token.at, run: () => token.value };
      case 'name':
        return this.name();
      case 'sign':
        return this.sign();
      case 'end':
        throw this.unexpected();
    }
  }

  private sign(): Node {
    const { at } = this.peek();
    if (this.takeSign('(')) {
      const inner = this.operand(0);
      if (!this.takeSign(')')) throw this.unexpected();
      return inner;
    }
    if (this.takeSign('!')) return this.not(at);
    if (this.takeSign('+')) return expectType(this.operand(SIGN_BINDING), 'number');
    if (!this.takeSign('-')) throw this.unexpected();
    const { run } = expectType(this.operand(SIGN_BINDING), 'number');
    return {
      type: 'number',
      at,
      run: (read) => {
        const value = run(read) as Rational | null;
        return value === null ? null : negate(value);
      },
    };
  }

  private not(at: number): Node {
    const { run } = expectType(this.operand(NOT_BINDING), 'boolean');
    return { type: 'boolean', at, run: (read) => run(read) !== true };
  }

  private name(): Node {
    const { value, at } = this.take();
    const word = value.toLowerCase();
    if (this.takeSign('(')) return this.call(word, value, at);
    if (word === 'not') return this.not(at);
    if (word === 'true' || word === 'false') return { type: 'boolean', at, run: () => word === 'true' };
    if (word === 'null') return { type: 'empty', at, run: () => null };
    const field = this.fields.get(word);
    if (!field) throw new ExpressionFailure('UNKNOWN_FIELD', `There is no field "${value}"`, at);
    this.used.add(field.name);
    return { type: field.type, at, run: (read) => read(field.name) };
  }

  private call(word: string, written: string, at: number): Node {
    if (word === 'not') {
      this.index -= 1;
      return this.not(at);
    }
    const definition = EXPRESSION_FUNCTIONS.get(word);
    if (word !== 'if' && !definition) {
      throw new ExpressionFailure('UNKNOWN_FUNCTION', `There is no function "${written}"`, at);
    }
    const values: Node[] = [];
    if (!this.takeSign(')')) {
      do values.push(this.operand(0));
      while (this.takeSign(','));
      if (!this.takeSign(')')) throw this.unexpected();
    }
    return definition ? callNode(definition, values, at) : ifNode(values, at);
  }
}

const LOGIC: Readonly<Record<string, true>> = { and: true, '&&': true, or: true, '||': true };

const TYPE_NAMES: Readonly<Record<ValueType | 'empty', string>> = {
  number: 'a number',
  text: 'a text',
  boolean: 'true or false',
  empty: 'empty',
};

function expectType(node: Node, type: ValueType): Node {
  if (node.type === type || node.type === 'empty') return node;
  throw new ExpressionFailure(
    'TYPE_MISMATCH',
    `This is ${TYPE_NAMES[node.type]}, not ${TYPE_NAMES[type]}`,
    node.at,
  );
}

function ifNode(values: readonly Node[], at: number): Node {
  const [condition, then, otherwise] = values;
  if (!condition || !then || !otherwise || values.length > 3) {
    throw new ExpressionFailure('ARGUMENT_COUNT', 'if needs a condition and two values', at);
  }
  const type = then.type === 'empty' ? otherwise.type : then.type;
  if (type !== 'empty') expectType(otherwise, type);
  const test = expectType(condition, 'boolean').run;
  return { type, at, run: (read) => (test(read) === true ? then.run(read) : otherwise.run(read)) };
}

function callNode(definition: ExpressionFunction, values: readonly Node[], at: number): Node {
  const { name, parameters, required, variadic, takesEmpty, call } = definition;
  if (values.length < required || (!variadic && values.length > parameters.length)) {
    throw new ExpressionFailure('ARGUMENT_COUNT', `${name} got ${values.length} values`, at);
  }
  const runs = values.map((value, i) => {
    const type = parameters[i] ?? parameters.at(-1) ?? 'any';
    return type === 'any' ? value.run : expectType(value, type).run;
  });
  return {
    type: definition.returns,
    at,
    run: (read) => {
      const given = runs.map((run) => run(read));
      if (!takesEmpty && given.includes(null)) return null;
      const result = call(given);
      if (result === undefined) {
        throw new ExpressionFailure('OUT_OF_RANGE', `${name} cannot take these values`, at);
      }
      return result;
    },
  };
}
