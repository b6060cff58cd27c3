export interface Part {
  readonly name: string;
  readonly value: string;
}

/** The parts of a multipart body in their order, texts only; null when it is none. Its first line names the boundary. */
export function readParts(body: string): Part[] | null {
  const boundary = /^(--[^\r\n]+)\r\n/.exec(body)?.[1];
  if (boundary === undefined) return null;
  return body.split(boundary).flatMap((part) => {
    const [head, ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(head ?? '')?.[1];
    return name === undefined ? [] : [{ name, value: rest.join('\r\n\r\n').replace(/\r\n$/, '') }];
  });
}
