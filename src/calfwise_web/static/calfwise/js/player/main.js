// @ts-check
/** The guided session begins: its data, what this device wrote down of it, and the player. */
import { byId } from "./dom.js";
import { openLog } from "./log.js";
import { Player } from "./player.js";
import { startSync } from "./sync.js";

/** @type {SessionData} */
const data = JSON.parse(byId("session-data").textContent ?? "");
const { account, csrf, urls } = data;
const log = await openLog({ session: data.id, account, url: urls.events });
await log.merge(data.log, data.held);
const player = new Player(data, log, startSync({ log, url: urls.events, csrf, account }));
await player.open();
if (location.hash === "#start") {
  history.replaceState(null, "", location.pathname);
  player.start();
}
