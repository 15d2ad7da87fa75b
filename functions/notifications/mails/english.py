"""English. Every other language overrides every name; a test says which are missing."""

from __future__ import annotations

from collections.abc import Mapping


class English:
    """What mails say. Nothing in a subject or a calendar entry tells what the appointment is."""

    entry_summary = "Appointment"
    preview = "The details are in this mail."

    # Subjects of the client's mails
    confirmed = "Appointment confirmed"
    changed = "Appointment changed"
    cancelled = "Appointment cancelled"
    cancelled_today = "Today's appointment is cancelled"
    reminder = "Appointment reminder"
    about_appointments = "About your appointments"
    confirm_address = "Please confirm your email address"
    how_to_sign_in = "How to sign in"
    please_call = "Please call us"

    # Parts of every mail
    hello_nobody = "Hello,"
    phone = "Phone"
    no_answers = "Nobody reads answers to this mail. Please call us."
    mail_choices = "On our page you choose which mails you get."
    own_mail_choices = "In the console's settings you choose which mails you get."
    no_more_reminders = "No more reminders"

    # One session
    booked_title = "Your session is booked"
    moved_title = "Your session has a new time"
    moved_by_practice = (
        "We had to move it. If the new time doesn't suit you, choose another one or call us."
    )
    cancelled_title = "Your session is cancelled"
    cancelled_as_asked = "As you asked, this session is cancelled."
    cancelled_by_practice = "We had to cancel this session. We are sorry."
    cancelled_mark = "Cancelled"
    tell_us = "If you were ill or something happened, please tell us."
    reminder_title = "Your next session"
    cant_come = "If you can't come, please call us."
    calendar_note = (
        "Answering “No” in your calendar doesn't cancel the session. "
        "To cancel it, open our page or call us."
    )
    nearest_times = "Nearest open times"
    see_sessions = "See my sessions"
    move_or_cancel = "Move or cancel"
    choose_time = "Choose another time"
    see_times = "See open times"

    # Regulars
    regular_entered_title = "Your repeating time"
    regular_entered = "This time is kept for you from now on."
    regular_changed_title = "Your repeating time has changed"
    regular_changed = "From now on, this time is kept for you."
    left_out = "Left out"
    regular_ended_title = "Your repeating time ends"
    regular_ended = "This time is no longer kept for you. You can always book single sessions."
    sessions_stand = "These sessions stay booked"
    next_sessions = "Your next sessions"
    regular_declined_title = "The repeating time you asked for"
    regular_declined = (
        "It isn't possible just now. Sessions that you have booked stay booked. "
        "Please call us to find another time."
    )

    # The client
    call_to_book_title = "Please call us to book"
    call_to_book = (
        "We'd like to find your next time together with you. Your repeating times are kept."
    )
    restored_title = "You can book online again"
    restored = "From now on you can book, move and cancel your sessions on our page again."
    discharged_title = "Your sign-in has ended"
    discharged = (
        "You can no longer book on our page, and no more sessions are booked for you. "
        "If you would like to talk to us, please call."
    )
    welcome_title = "You can book your sessions online"
    welcome = (
        "On our page you see your sessions and all open times. "
        "You can book, move and cancel there yourself. Sign in with this email address."
    )
    open_page = "Open the page"

    # Registering
    confirm_title = "Please confirm your address"
    confirm = (
        "Somebody, most likely you, wants to register with this address. "
        "To go on, open this link. It works for 72 hours."
    )
    confirm_action = "Confirm this address"
    confirm_ignore = "If it wasn't you, do nothing. Nobody will be registered."
    already_known_title = "You can sign in already"
    already_known = (
        "Somebody, most likely you, wants to register with this address. "
        "It has a sign-in already: open our page and sign in. "
        "If you don't have your password any more, choose “I can't get in” there."
    )
    please_call_text = "Please call us, we'll find a time together."

    # Passwords
    invitation_subject = "Your first password"
    invitation_title = "You can sign in now"
    invitation = "On our page you see your sessions and all open times. Sign in with:"
    sign_in_name = "Email or sign-in name"
    invitation_code = "First password"
    invitation_lasts = (
        "When you sign in, you choose a password of your own. The first one works for 7 days. "
        "After that, choose “I can't get in” on our page."
    )
    code_subject = "Your code for a new password"
    code_title = "Choose a new password"
    code = (
        "Somebody, most likely you, asked for a new password. "
        "Type this code where you asked for it:"
    )
    code_name = "Code"
    code_lasts = (
        "It works for one hour. If it wasn't you, do nothing. Your password stays as it is."
    )
    login_invitation = "In the console you see the practice's calendar. Sign in with:"
    login_invitation_lasts = (
        "When you sign in, you choose a password of your own. The first one works for 7 days. "
        "After that, ask for another."
    )
    login_practice = "Practice"

    # The therapist's mails
    somebody = "A client"
    short_notice_subject = "Appointment cancelled at short notice"
    short_notice_text = "If it isn't to count, choose “Waive” in the console."
    limit_subject = "A client has reached the limit"
    limit_text = "The console shows the record, and what your settings have made of it."
    registered_subject = "Somebody has registered"
    full_subject = "No more registrations today"
    full_text = (
        "As many people have asked to register today as your settings allow. Others can ask again "
        "tomorrow. If you expected fewer, look at the console."
    )
    registered_text = "The console shows who it is, and how to reach them."
    asked_subject = "A request for a repeating time"
    asked_text = "You accept or decline it in the console."
    conflict_subject = "The calendar needs a decision"
    conflict_text = (
        "Something that the calendar plans is in the way of a session. "
        "The console shows both, and what you can do."
    )
    friday_subject = "What opens tonight"
    friday_text = "Until then you can still book these times for somebody, or keep them back."
    friday_nothing = "No time opens tonight."
    opening_times = "These times open"
    without_session = "Usual clients without a session that week"
    digest_subject = "Your day"
    digest_nothing = "You have no sessions today."
    todays_sessions = "Today's sessions"
    since_yesterday = "Since yesterday"
    bounced_subject = "An address doesn't take our mail"
    bounced_text = (
        "No more mail goes to that address. Please ask for the right one. "
        "In the console you can change it or try again."
    )
    unwanted_subject = "Somebody wants no more mail from us"
    unwanted_text = (
        "They have marked one of our mails as unwanted, so no more goes to them. "
        "Please ask how you can reach them. If they want mail again, try again in the console."
    )
    affected = "Whose address it is"
    open_console = "Open the console"
    figures: Mapping[str, str] = {
        "opens": "Times that open",
        "booked": "Booked",
        "moved": "Moved",
        "cancelled": "Cancelled",
        "registered": "New registrations",
        "conflicts": "Decisions to make",
    }

    def hello(self, name: str) -> str:
        """Greet somebody."""
        return f"Hello {name},"

    def minutes(self, count: int) -> str:
        """Write a length."""
        return f"{count} minutes"

    def whole_username(self, name: str) -> str:
        """Say what the system calls a sign-in."""
        return f"We keep this sign-in under the name {name}. You need not type all of it."

    def zone(self, name: str) -> str:
        """Say in which zone the times are."""
        return f"Time zone: {name}."

    def free_until(self, when: str) -> str:
        """Say until when a session can be moved or cancelled freely."""
        return f"You can move or cancel it freely until {when}."

    def before(self, when: str) -> str:
        """Say when a moved session was before."""
        return f"Before, it was on {when}."

    def rhythm(self, weeks: int, weekday: str) -> str:
        """Write how often a regular repeats."""
        return f"Every {('', 'second ', 'third ', 'fourth ')[weeks - 1]}{weekday}"

    def from_day(self, day: str) -> str:
        """Say when a regular begins."""
        return f"From {day}"

    def until_day(self, day: str) -> str:
        """Say when a regular ends."""
        return f"Until {day}"

    def cancelled_at_short_notice(self, who: str) -> str:
        """Title the mail of a cancellation."""
        return f"{who} cancelled at short notice"

    def has_reached_limit(self, who: str) -> str:
        """Title the mail of a client's limit."""
        return f"{who} has reached the limit of changes at short notice"

    def has_registered(self, who: str) -> str:
        """Title the mail of a registration."""
        return f"{who} has registered"

    def asks_for_regular(self, who: str) -> str:
        """Title the mail of a request."""
        return f"{who} asks for a repeating time"
