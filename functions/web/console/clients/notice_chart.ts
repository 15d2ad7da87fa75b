/** The notice of a client's changes over time, as a drawing and as a table. */

import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { clock } from "../../shared/parts.ts";
import { readTime } from "../../shared/wall_clock.ts";
import type { Office } from "../office.ts";
import { styled } from "../styled.ts";
import { heightOf, levelsFor, timeScale } from "./notice_scale.ts";
import { becameOf, noticesOf, pastOf, type Session } from "./sessions.ts";
import { becameMark, dayWords, noticeWords } from "./words.ts";

const HEIGHT = 160;
/** Room for half a mark above and below. */
const MARGIN = 12;

/** Draw the chart. Marks stand at their notice, and kept sessions as short lines at the foot. */
export function noticeChart(office: Office, sessions: readonly Session[]): TemplateResult {
  const past = pastOf(sessions, office.now);
  const changes = noticesOf(sessions, office.now);
  const limit = office.settings?.cancellation_notice_hours ?? 24;
  const levels = levelsFor(limit);
  const walls = past.map(({ start }) => readTime(start).wall);
  const scale = timeScale(walls.at(-1)!, walls[0]!);
  const yOf = (hours: number) => HEIGHT - MARGIN - heightOf(hours, levels) * (HEIGHT - 2 * MARGIN);
  const xOf = (session: Session) =>
    `${(scale.placeOf(readTime(session.start).wall) * 100).toFixed(2)}%`;
  const kept = past.filter((session) => becameOf(session, office.now) === "kept");
  const { clientsView: words } = office.strings;
  const late = changes.filter((session) => becameOf(session, office.now) === "late").length;
  return html`
    <div class="notice-chart" role="img" aria-label=${words.chartLabel(
      changes.length,
      late,
      kept.length,
    )}>
      <svg class="levels" height=${HEIGHT} aria-hidden="true">${levels.map((hours) =>
        svg`
          <text x="100%" y=${yOf(hours)} dy="0.32em" text-anchor="end"
            class=${hours === limit ? "limit" : ""}>${levelWords(office, hours)}</text>
        `
      )}</svg>
      <div class="plot"><svg height=${HEIGHT} aria-hidden="true">
          <defs><pattern id="late-hatch" width="7" height="7" patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="7" /></pattern></defs>
          ${limit ? drawLateness(office, yOf(limit), yOf(0)) : nothing}
          ${levels.map((hours) =>
            svg`
              <line class=${hours === limit ? "level limit" : "level"} x1="0" x2="100%"
                y1=${yOf(hours)} y2=${yOf(hours)} />
            `
          )}
          ${kept.map((session) =>
            svg`<line class="kept" x1=${xOf(session)} x2=${xOf(session)} y1=${yOf(0)} y2=${
              yOf(0) - 8
            } />`
          )}
        </svg>
          ${changes.map((session) =>
            drawChange(office, session, xOf(session), yOf(session.notice_hours ?? 0))
          )}
        </div>
      <svg class="months" height="20" aria-hidden="true">${scale.ticks.map(({ at, month }) =>
        svg`<text x="${(at * 100).toFixed(2)}%" y="14" text-anchor=${
          at > 0.94 ? "end" : at < 0.04 ? "start" : "middle"
        }>${office.format.month(month)}</text>`
      )}</svg>
    </div>
  `;
}

function drawLateness(office: Office, top: number, foot: number): SVGTemplateResult {
  return svg`
    <rect class="lateness" x="0" y=${top} width="100%" height=${foot - top}
      fill="url(#late-hatch)" />
    <text class="late-label" x="6" y=${top + 15}>${office.strings.week.late}</text>
  `;
}

/** A mark is an element above the drawing: browsers differ over the size of a drawing in another. */
function drawChange(office: Office, session: Session, left: string, y: number): TemplateResult {
  const mark = becameMark(becameOf(session, office.now));
  return html`<span class="point" aria-hidden="true" ${
    styled({ left, top: `${y}px` })
  }>${mark}</span>`;
}

function levelWords(office: Office, hours: number): string {
  return hours === 0 ? "0" : noticeWords(office, hours);
}

/** The same as a table. */
export function noticeTable(office: Office, sessions: readonly Session[]): TemplateResult {
  const { clientsView: words } = office.strings;
  return html`
    <div class="scrolls">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.session}</th>
            <th scope="col">${words.whatHappened}</th>
            <th scope="col">${words.notice}</th>
          </tr>
        </thead>
        <tbody>${noticesOf(sessions, office.now).map((session) => {
          const became = becameOf(session, office.now);
          return html`
            <tr>
              <td>${dayWords(office, session.start)}, ${clock(
                office.format,
                readTime(session.start).wall,
              )}</td>
              <td><span class="with-mark">${becameMark(became)} ${words.became[became]}</span></td>
              <td>${noticeOf(office, session)}</td>
            </tr>
          `;
        })}</tbody>
      </table>
    </div>
  `;
}

function noticeOf(office: Office, { notice_hours: hours }: Session): string {
  return hours === null || hours === undefined
    ? office.strings.clientsView.noNotice
    : noticeWords(office, hours);
}
