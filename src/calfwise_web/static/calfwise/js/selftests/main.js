// @ts-check
/** The guided self-test begins. */
import { byId } from "../player/dom.js";
import { Guide } from "./guide.js";

new Guide(JSON.parse(byId("test-data").textContent ?? ""));
