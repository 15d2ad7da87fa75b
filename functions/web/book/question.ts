/** The question that decides: book, move, cancel, or ask for a repeating time. */

import { html, nothing, type TemplateResult } from "lit";
import { icons, marks } from "../shared/icons.ts";
import { readTime } from "../shared/wall_clock.ts";
import { banner, crisisLine, mainButton, offline, phoneLink } from "./parts.ts";
import { clock } from "../shared/parts.ts";
import type { Appointment, Page, Question, Slot } from "./page.ts";

/** The appointment that the client has picked to be replaced, by its id. */
export interface Picked {
  id: string;
}

export function question(page: Page, asked: Question, picked: Picked): TemplateResult {
  switch (asked.kind) {
    case "book":
      return frame(page, page.strings.bookQuestion, asked.slot, booking(page, asked.slot));
    case "move":
      return frame(
        page,
        page.strings.moveQuestion,
        asked.slot,
        moving(page, asked.slot, asked.from, picked),
      );
    case "cancel":
      return frame(
        page,
        page.isToday(asked.appointment.start)
          ? page.strings.cancelToday
          : page.strings.cancelQuestion,
        asked.appointment,
        cancelling(page, asked.appointment),
      );
    case "ask":
      return frame(
        page,
        page.strings.askQuestion,
        asked.appointment,
        asking(page, asked.appointment),
      );
  }
}

function frame(
  page: Page,
  title: string,
  what: { start: string; end: string },
  content: TemplateResult,
): TemplateResult {
  const { strings, format } = page;
  const { wall } = readTime(what.start);
  const own = page.ownTime(what.start);
  return html`
    <div class="question-head">
      <h2 id="question-title" tabindex="-1">${title}</h2>
      <button class="close" type="button" aria-label=${strings.close} @click=${() =>
        page.dismiss()}>${icons.close}</button>
    </div>
        <p class="question-date">${format.date(wall)}</p>
        <p class="question-time">${clock(page.format, wall)}</p>
        <p class="quiet">${strings.minutes(page.minutesOf(what))}, ${strings.until(
          format.time(readTime(what.end).wall),
        )}${own ? html`<br>${strings.yourTime(own)}` : nothing}</p>
        ${content}
  `;
}

function booking(page: Page, slot: Slot): TemplateResult {
  const { strings } = page;
  return html`${facts(page, slot)} ${offline(page, () => page.book(slot))}
    ${mainButton(page, strings.book, strings.booking, () => page.book(slot))} ${another(page)}`;
}

function moving(
  page: Page,
  slot: Slot,
  from: readonly Appointment[],
  picked: Picked,
): TemplateResult {
  const { strings } = page;
  const replaced = from.find((each) => each.appointment_id === picked.id) ?? from[0]!;
  const move = () => page.move(replaced, slot);
  const late = page.isLate(replaced);
  const text = page.me?.late_changes.moves_count ? strings.moveLateCounts : strings.moveLate;
  return html`
    ${from.length > 1
      ? html`<fieldset><legend>${strings.whichReplaced}</legend>${
        from.map((each) =>
          html`<label class="check"><input type="radio" name="replaced"
          .checked=${each === replaced} @change=${() => {
            picked.id = each.appointment_id;
            page.changed();
          }}><span>${page.when(each.start)}</span></label>`
        )
      }</fieldset>`
      : nothing}
    ${facts(page, slot, replaced)}
    ${late
      ? banner("caution", marks.late, text, html`${strings.thenLate}${policy(page)}`)
      : nothing}
    ${offline(page, move)} ${mainButton(page, strings.moveHere, strings.movingNow, move)} ${another(
      page,
    )}
  `;
}

/** Where, until when it can be changed freely, and what it replaces. */
function facts(page: Page, slot: Slot, replaced?: Appointment): TemplateResult {
  const { strings, me } = page;
  const free = page.freeUntil(slot);
  const soon = page.graceMinutes && !replaced
    ? strings.soon(page.graceMinutes)
    : strings.soonAtOnce;
  return html`<dl class="facts">
    ${replaced ? fact(strings.instead, page.when(replaced.start)) : nothing}
    ${me?.place ? fact(strings.where, me.place) : nothing}
    ${fact(strings.changingIt, html`${free ? strings.freeUntil(free) : soon}${policy(page)}`)}
  </dl>`;
}

function fact(name: string, value: unknown): TemplateResult {
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>
  `;
}

function policy(page: Page): unknown {
  return page.me?.change_policy ? html`<br>${page.me.change_policy}` : nothing;
}

function another(page: Page): TemplateResult {
  return html`<button class="quiet-button wide" type="button" @click=${() =>
    page.dismiss()}>${page.strings.chooseAnother}</button>`;
}

function cancelling(page: Page, appointment: Appointment): TemplateResult {
  const { strings } = page;
  const late = page.isLate(appointment);
  const cancel = () => page.cancel(appointment);
  const cancelButton = html`
    <button class="second-button" type="button" aria-disabled=${page.busy}
      @click=${cancel}>${page.busy ? strings.cancelling : strings.cancelIt}</button>
  `;
  return html`
    ${late ? lateWarning(page, appointment) : nothing} ${offline(page, cancel)}
    ${page.closed
      ? nothing
      : html`<button class="main" type="button" @click=${() =>
        page.startMoving(appointment)}>${icons.move} ${strings.moveInstead}</button>
      ${late ? html`<p class="hint center">${strings.thenLate}</p>` : nothing}`}
    <div
      class="pair"><button class="second-button" type="button" @click=${() =>
        page.dismiss()}>${strings.keepIt}</button>${cancelButton}</div>
    <p class="slow" role="status">${page.slow ? strings.stillWorking : nothing}</p>
    ${late
      ? html`<div class="hint">${strings.urgent} ${phoneLink(page)}${crisisLine(page)}</div>`
      : nothing}
  `;
}

function lateWarning(page: Page, appointment: Appointment): TemplateResult {
  const { strings } = page;
  const notice = (page.me?.cancellation_notice_hours ?? 0) * 3_600_000;
  const soon = Date.parse(appointment.start) - page.now < notice;
  const title = soon ? strings.startsIn(page.durationUntil(appointment.start)) : strings.lateMoved;
  return banner(
    "caution",
    marks.late,
    title,
    html`${strings.lateText}${
      page.nextLateSuspends
        ? html`
          ${strings.lateSuspends}
        `
        : nothing
    }${policy(page)}`,
  );
}

function asking(page: Page, appointment: Appointment): TemplateResult {
  const { strings } = page;
  const ask = (weeks: number) => () => page.askToRepeat(appointment, weeks);
  return html`
    <p>${strings.sameTimeText(page.practiceName)}</p>
        ${offline(page, ask(1))}
        ${mainButton(page, strings.askEveryWeek, strings.asking, ask(1))}
        <button class="second-button wide" type="button" aria-disabled=${page.busy}
      @click=${ask(2)}>${strings.askEveryTwoWeeks}</button>
        <button class="quiet-button wide" type="button" @click=${() => page.dismiss()}>${strings
          .keepOld}</button>
  `;
}
