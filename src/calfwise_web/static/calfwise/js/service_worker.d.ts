// What worker.js uses of a service worker: the library that has all of it cannot be loaded beside a page's.
interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface WorkerFetch extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface WorkerMessage extends WorkerEvent {
  readonly data: unknown;
}
interface WorkerScope {
  /** Told by the view that serves the worker. */
  readonly calfwise: { version: string; files: string[]; offline: string; signIn: string };
  readonly clients: { matchAll(of: { type: "window"; includeUncontrolled: boolean }): Promise<{ url: string }[]> };
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", heard: (event: WorkerEvent) => void): void;
  addEventListener(type: "message", heard: (event: WorkerMessage) => void): void;
  addEventListener(type: "fetch", heard: (event: WorkerFetch) => void): void;
}
