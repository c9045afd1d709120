import type { Page } from 'playwright-core';

/** Lets the messages of the server reach the page one by one, so far apart that each is drawn; for pages opened later. */
export async function slowSocket(page: Page, apartMs: number): Promise<void> {
  await page.routeWebSocket('**/v1/live', (client) => {
    const server = client.connectToServer();
    let last = Promise.resolve();
    server.onMessage((message) => {
      last = last.then(async () => {
        client.send(message);
        await new Promise((resolve) => setTimeout(resolve, apartMs));
      });
    });
  });
}
