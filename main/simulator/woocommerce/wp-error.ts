/** An error as the REST API of WordPress answers it. */
export class WpError extends Error {
  readonly code: string;
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | number;

  constructor(
    code: string,
    message: string,
    status: number,
    data: Readonly<Record<string, unknown>> | 'number' = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.data = data === 'number' ? status : { status, ...data };
  }

  toBody(): { code: string; message: string; data: unknown } {
    return { code: this.code, message: this.message, data: this.data };
  }
}

/** Refused parameters: what is wrong with each, and the code of it. */
export function invalidParams(
  problems: Readonly<Record<string, { readonly message: string; readonly code: string }>>,
): WpError {
  const names = Object.keys(problems);
  return new WpError('rest_invalid_param', `Invalid parameter(s): ${names.join(', ')}`, 400, {
    params: Object.fromEntries(names.map((name) => [name, problems[name]?.message])),
    details: Object.fromEntries(
      names.map((name) => [
        name,
        { code: problems[name]?.code, message: problems[name]?.message, data: null },
      ]),
    ),
  });
}

export function invalidId(resource: 'product' | 'product_variation' | 'shop_order'): WpError {
  return new WpError(`woocommerce_rest_${resource}_invalid_id`, 'Invalid ID.', 404);
}

export function noRoute(): WpError {
  return new WpError('rest_no_route', 'No route was found matching the URL and request method.', 404);
}
