/** Addresses of the dashboard's views, as a browser asks for them when they are opened or loaded again. */
const VIEWS = /^\/(?:index\.html|(?:videos|cameras)(?:\/[\w-]{1,64})?|search|status|start)?$/;

/** Whether an address is one of the page's; all others are the API's. */
export function isPagePath(path: string): boolean {
  return VIEWS.test(path);
}
