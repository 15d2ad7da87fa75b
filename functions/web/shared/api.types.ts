export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a page that tells clients to use their therapist's link.
         * @description Return a page that tells clients to use their therapist's link.
         */
        get: operations["read_home_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the signed-in client's appointments: coming, or past ones by pages, newest first.
         * @description Among the coming ones are those that were cancelled.
         */
        get: operations["list_appointments"];
        put?: never;
        /**
         * Book the slot for the signed-in client.
         * @description Book the slot for the signed-in client.
         */
        post: operations["book_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{appointment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return one of the signed-in client's appointments, ended or not.
         * @description Return one of the signed-in client's appointments, ended or not.
         */
        get: operations["read_appointment"];
        put?: never;
        post?: never;
        /**
         * Cancel the signed-in client's appointment.
         * @description Cancel the signed-in client's appointment.
         */
        delete: operations["cancel_appointment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{appointment_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the signed-in client's appointment to another slot.
         * @description Move the signed-in client's appointment to another slot.
         */
        post: operations["move_appointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a script, a style sheet or an image. Its name changes with its content.
         * @description Return a script, a style sheet or an image. Its name changes with its content.
         */
        get: operations["read_asset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/book/{therapist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the client's page of a practice, which only the practice's sites may embed.
         * @description Return the client's page of a practice, which only the practice's sites may embed.
         */
        get: operations["read_booking_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return where to sign in.
         * @description Return where to sign in.
         */
        get: operations["read_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the therapist's console.
         * @description Return the therapist's console.
         */
        get: operations["read_console_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the empty page into which the console writes a mail.
         * @description Return the empty page into which the console writes a mail.
         */
        get: operations["read_mail_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the signed-in client, with upcoming appointments and what clients are told now.
         * @description Nothing else is needed for the first view but `GET /slots`, which may be asked at the same time.
         */
        get: operations["read_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the signed-in client's language, mail or calendar entries.
         * @description A suspended client may do so, too.
         */
        patch: operations["change_preferences"];
        trace?: never;
    };
    "/me/regular-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Ask the therapist, for the signed-in client, that a session repeat.
         * @description It takes the place of what the client asked for before, and ends with its session, or once a regular of the client's is entered on that weekday at that time.
         */
        put: operations["request_regular"];
        post?: never;
        /**
         * Withdraw what the signed-in client asks for, or dismiss that it was declined.
         * @description Withdraw what the signed-in client asks for, or dismiss that it was declined.
         */
        delete: operations["withdraw_regular_request"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the OpenAPI document.
         * @description Return the OpenAPI document.
         */
        get: operations["read_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the settings, with their version as the ETag, and who is signed in.
         * @description For therapists and the office.
         */
        get: operations["read_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change some settings.
         * @description For therapists only.
         */
        patch: operations["change_settings"];
        trace?: never;
    };
    "/practice/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book a client into a slot.
         * @description For therapists and the office.
         */
        post: operations["book_for_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/appointments/{appointment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return an appointment, ended or not.
         * @description For therapists and the office.
         */
        get: operations["read_client_appointment"];
        put?: never;
        post?: never;
        /**
         * Cancel an appointment, in the therapist's own name or the client's.
         * @description For therapists and the office.
         */
        delete: operations["cancel_for_client"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/appointments/{appointment_id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a session that the plan is against: in time off, or after a change of the clocks.
         * @description For therapists only.
         */
        put: operations["confirm_appointment"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/appointments/{appointment_id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an appointment to another slot, in the therapist's own name or the client's.
         * @description For therapists and the office.
         */
        post: operations["move_for_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/appointments/{appointment_id}/outcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Mark a session's outcome, or waive its strike.
         * @description For therapists only.
         */
        put: operations["mark_outcome"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return who did what in the practice, newest first, by pages of 50.
         * @description Clients' own acts are on their appointments. For therapists only.
         */
        get: operations["read_audit_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return one week of the calendar, by default the current one.
         * @description With its ETag in `If-None-Match` the answer to an unchanged week is 304, without a body. A page may ask every minute. For therapists and the office.
         */
        get: operations["read_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every client, flagged ones first.
         * @description For therapists only.
         */
        get: operations["list_clients"];
        put?: never;
        /**
         * Add a client, with a login if they are invited. One who was added before is returned.
         * @description For therapists only.
         */
        post: operations["add_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return one client, with the whole history by pages, newest first.
         * @description For therapists only.
         */
        get: operations["read_client"];
        put?: never;
        post?: never;
        /**
         * Discharge a client: cancel future sessions and remove the login.
         * @description For therapists only.
         */
        delete: operations["discharge_client"];
        options?: never;
        head?: never;
        /**
         * Change a client's name, address, phone or limits, or what they want by mail.
         * @description The office changes what they want by mail, and nothing else. For therapists and the office.
         */
        patch: operations["change_client"];
        trace?: never;
    };
    "/practice/clients/{client_id}/booking-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return every reason for which a client could not book a slot now.
         * @description For therapists only.
         */
        get: operations["check_booking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a first password, or another.
         * @description For therapists only.
         */
        post: operations["invite_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}/mail-stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Mail a client again whose mail had come back or was unwanted.
         * @description For therapists and the office.
         */
        delete: operations["resume_mail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}/privilege": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Suspend or restore a client, and return their future appointments.
         * @description Restoring resets the strikes: those before it count no longer. For therapists only.
         */
        put: operations["set_privilege"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}/regular-request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Decline that a client's session repeats. Entering the regular settles the request, too.
         * @description For therapists only.
         */
        delete: operations["decline_regular_request"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return what a client sees of the open slots, or why they see none.
         * @description For therapists only.
         */
        get: operations["list_client_slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/clients/{client_id}/welcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail a client how to book, and what is booked for them.
         * @description For therapists only.
         */
        post: operations["welcome_client"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every conflict that nobody has settled, in order of time.
         * @description For therapists and the office.
         */
        get: operations["list_conflicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the clients' names and phones, by name, without those who were discharged.
         * @description For therapists and the office.
         */
        get: operations["list_contacts_of_clients"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the hours.
         * @description For therapists only.
         */
        put: operations["set_hours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/intake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return what decides now whether new clients may register, and who did so this week.
         * @description For therapists only.
         */
        get: operations["read_intake"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/logins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the logins of the practice, the oldest first.
         * @description For therapists only.
         */
        get: operations["list_logins"];
        put?: never;
        /**
         * Add a login, to which a first password is mailed.
         * @description For an address that has a login already, another first password is mailed, unless one was chosen or the last one was asked for within a minute. For therapists only.
         */
        post: operations["add_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/logins/{login_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a login, and return those that are left.
         * @description Nobody removes their own login, and only the operator the first therapist's, so that one always stays. The login's tokens are refused within ten seconds. For therapists only.
         */
        delete: operations["remove_login"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/mail-previews/{kind}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a mail as it is sent, with made-up people and times.
         * @description For therapists and the office.
         */
        get: operations["preview_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the registrations of suspended and discharged clients, who can't register again.
         * @description For therapists only.
         */
        get: operations["list_registrations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/registrations/{registration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a returning registration from the list, and return those that are left.
         * @description For therapists only.
         */
        delete: operations["dismiss_registration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/regulars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the regulars that have not ended, by weekday, start and client.
         * @description For therapists only.
         */
        get: operations["list_regulars"];
        put?: never;
        /**
         * Enter a regular.
         * @description For therapists only.
         */
        post: operations["add_regular"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/regulars/{regular_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a regular, ended or not.
         * @description For therapists only.
         */
        get: operations["read_regular"];
        /**
         * Change a regular.
         * @description For therapists only.
         */
        put: operations["change_regular"];
        post?: never;
        /**
         * End a regular.
         * @description For therapists only.
         */
        delete: operations["end_regular"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return what the next release will open, and the usual clients without a session then.
         * @description For therapists and the office.
         */
        get: operations["preview_release"];
        put?: never;
        /**
         * Release the week now.
         * @description For therapists only.
         */
        post: operations["release_week"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/self-scheduling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch self-scheduling on or off.
         * @description For therapists only.
         */
        put: operations["switch_self_scheduling"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a slot outside the hours. Only a therapist leaves a note.
         * @description For therapists and the office.
         */
        post: operations["add_slot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/slots/{slot_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a slot.
         * @description For therapists and the office.
         */
        get: operations["read_slot"];
        /**
         * Set a free slot by hand. If a regular waits for it, it becomes the regular's.
         * @description Only a therapist changes the note. For therapists and the office.
         */
        put: operations["set_slot"];
        post?: never;
        /**
         * Undo what was done by hand: remove an extra opening, or let the plan decide again.
         * @description For therapists and the office.
         */
        delete: operations["return_slot_to_plan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/time-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all time off.
         * @description For therapists only.
         */
        get: operations["list_time_off"];
        put?: never;
        /**
         * Take time off.
         * @description For therapists only.
         */
        post: operations["take_time_off"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/practice/time-off/{time_off_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return one span of time off.
         * @description For therapists only.
         */
        get: operations["read_time_off"];
        put?: never;
        post?: never;
        /**
         * Give time off back.
         * @description For therapists only.
         */
        delete: operations["end_time_off"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the slots that may be booked now, between two local dates, half open.
         * @description Return the slots that may be booked now, between two local dates, half open.
         */
        get: operations["list_slots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/therapists/{therapist_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the public view of a practice.
         * @description Return the public view of a practice.
         */
        get: operations["read_therapist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/therapists/{therapist_id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a first password again to a client who has not used it.
         * @description The answer is the same whether or not there is such a client. One client is mailed at most once an hour and three times a day.
         */
        post: operations["resend_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/therapists/{therapist_id}/registrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask to become a client. The address is mailed a link to confirm it, at most once a day.
         * @description The answer is the same whether or not the address is known.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/therapists/{therapist_id}/registrations/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a registration with the token of the mailed link. A first password is mailed.
         * @description A repetition gives the first outcome.
         */
        post: operations["confirm_registration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a client get no more reminders, by the token of a mailed link.
         * @description Mail programs send it with the form `List-Unsubscribe=One-Click` (RFC 8058), and no body is read. The answer is the same for every token.
         */
        post: operations["end_reminders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/widget.js": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the script that embeds the client's page in a site.
         * @description Return the script that embeds the client's page in a site.
         */
        get: operations["read_widget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Actor
         * @description Who did something.
         */
        Actor: {
            /**
             * Kind
             * @description The role of a login of the practice, or the operator who runs the service.
             * @enum {string}
             */
            kind: "therapist" | "office" | "operator";
            /**
             * Login Id
             * @description The id of the login; null for the operator.
             */
            login_id: string | null;
            /**
             * Name
             * @description The name, or null if nobody knows it any more.
             */
            name: string | null;
        };
        /**
         * AllTimeOff
         * @description All time off.
         */
        AllTimeOff: {
            /**
             * Time Off
             * @description Every span of time off.
             */
            time_off: components["schemas"]["TimeOff"][];
        };
        /**
         * Appointment
         * @description An appointment, for the client.
         */
        Appointment: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /**
             * Cancel Free Until
             * @description Until when cancelling is not late; null once the appointment has ended.
             */
            cancel_free_until: string | null;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Ended By
             * @description Who cancelled or moved it; null if nobody did.
             */
            ended_by: ("client" | "therapist") | null;
            /**
             * Message
             * @description What the therapist told the clients of the time off for which it was cancelled.
             */
            message: string | null;
            /**
             * Regular
             * @description Whether it belongs to a regular.
             */
            regular: boolean;
            /**
             * Sequence
             * @description How often the session was moved.
             */
            sequence: number;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * Status
             * @description What has become of the appointment. It stays `booked` when the session was kept.
             * @enum {string}
             */
            status: "booked" | "cancelled" | "late_cancelled" | "moved" | "no_show";
            /**
             * Uid
             * @description By which calendars recognize the session, also after it was moved.
             */
            uid: string;
        };
        /**
         * Appointments
         * @description A page of appointments.
         */
        Appointments: {
            /**
             * Appointments
             * @description The appointments.
             */
            appointments: components["schemas"]["Appointment"][];
            /**
             * Next
             * @description The cursor of the next page; null after the last.
             */
            next: string | null;
        };
        /**
         * AskedRegular
         * @description A client's wish that a session of theirs repeat.
         */
        AskedRegular: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /**
             * Asked At
             * Format: date-time
             * @description When the client asked.
             */
            asked_at: string;
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             */
            every_weeks: number;
            /**
             * First
             * @description The local date of the session.
             */
            first: string;
            /**
             * Start
             * @description The local time at which the session starts.
             */
            start: string;
            /**
             * State
             * @description Whether the therapist has yet to answer, or has declined.
             * @enum {string}
             */
            state: "asked" | "declined";
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * AskedRegularRequest
         * @description The session that a client asks to repeat.
         */
        AskedRegularRequest: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             */
            every_weeks: number;
        };
        /**
         * AskedRegularResult
         * @description What a client asks for.
         */
        AskedRegularResult: {
            /** @description The session that the client asks to repeat; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
        };
        /**
         * AuditEntry
         * @description An act in the practice.
         */
        AuditEntry: {
            /**
             * Act
             * @description What was done.
             * @enum {string}
             */
            act: "open-practice" | "add-login" | "remove-login" | "reset-mfa" | "remove-practice" | "reopen-practice" | "erase-practice" | "export" | "write-back" | "change-settings" | "set-hours" | "switch-on" | "switch-off" | "add-regular" | "change-regular" | "end-regular" | "decline-regular" | "take-time-off" | "end-time-off" | "open-extra" | "set-slot" | "return-slot" | "release" | "book" | "cancel" | "move" | "confirm" | "mark-outcome" | "add-client" | "change-client" | "invite" | "resume-mail" | "welcome" | "suspend" | "restore" | "discharge" | "dismiss-registration" | "migrate" | "erase-client";
            /** @description Who did it. */
            actor: components["schemas"]["Actor"];
            /**
             * At
             * Format: date-time
             * @description When it was done.
             */
            at: string;
            /** @description The client concerned, or null. */
            client: components["schemas"]["NamedClient"] | null;
            /**
             * Details
             * @description The names of the fields that changed, or the chosen value.
             */
            details: string[];
            /**
             * Request Id
             * @description Identifies the request in the logs.
             */
            request_id: string | null;
            /**
             * Target
             * @description The id of what the act changed, such as a slot, an appointment or a week; or null.
             */
            target: string | null;
        };
        /**
         * AuditLog
         * @description A page of the audit log.
         */
        AuditLog: {
            /**
             * Entries
             * @description The acts, newest first.
             */
            entries: components["schemas"]["AuditEntry"][];
            /**
             * Next
             * @description The cursor of the next page; null after the last.
             */
            next: string | null;
        };
        /**
         * BookingCheck
         * @description Every reason against a client's booking of a slot.
         */
        BookingCheck: {
            /** @description The client, with their name. */
            client: components["schemas"]["NamedClient"];
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Reasons
             * @description The reasons, the first one first. Without any the booking would succeed.
             */
            reasons: components["schemas"]["Reason"][];
            /** @description The slot; null if the calendar has none at that time. */
            slot: components["schemas"]["Slot"] | null;
        };
        /**
         * BookingForClientRequest
         * @description The client whom the therapist books, and the slot.
         */
        BookingForClientRequest: {
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Notify
             * @description Whether the clients concerned are told.
             * @default true
             */
            notify: boolean;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             * @example 20261124T2230Z
             */
            slot_id: string;
        };
        /**
         * BookingRequest
         * @description The slot that a client wants.
         */
        BookingRequest: {
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             * @example 20261124T2230Z
             */
            slot_id: string;
        };
        /**
         * Calendar
         * @description One week of the calendar, from its Monday until before the next, by local date.
         */
        Calendar: {
            /**
             * From
             * Format: date
             * @description The beginning, inclusive.
             */
            from: string;
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Published
             * @description Whether the week's slots are on the calendar.
             */
            published: boolean;
            /**
             * Released
             * @description Whether the week's held slots were released.
             */
            released: boolean;
            /**
             * Slots
             * @description The week's slots, in order of time.
             */
            slots: components["schemas"]["CalendarSlot"][];
            /**
             * Time Off
             * @description The time off in the week, in order of time. It is left out for the office.
             */
            time_off?: components["schemas"]["TimeOff"][];
            /**
             * To
             * Format: date
             * @description The end, exclusive.
             */
            to: string;
            /**
             * Week
             * @description The week, as in ISO 8601.
             */
            week: string;
        };
        /**
         * CalendarSlot
         * @description A slot with the outcome of its session and the sessions that ended in it.
         */
        CalendarSlot: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string | null;
            /** @description The client who has the slot, or null. */
            client: components["schemas"]["NamedClient"] | null;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Ended
             * @description The sessions in this slot that were cancelled or moved. They are left out for the office.
             */
            ended?: components["schemas"]["EndedSession"][];
            /**
             * Note
             * @description A note for the therapist alone. It is left out for the office.
             */
            note?: string | null;
            /**
             * Outcome
             * @description The outcome of the slot's session. It is null before the session's end, unless it is already marked as missed, and left out for the office.
             */
            outcome?: ("kept" | "no_show") | null;
            /**
             * Prime
             * @description Whether slots of this time are held until their week is released.
             */
            prime: boolean;
            /**
             * Reason
             * @description Why the slot is blocked: `by-hand`, the therapist has blocked it; `time-off`, it is in time off; `no-notice`, a regular's slot that became free too late for its client to be told. It is null for a slot that is not blocked, or if none of these is the reason, and left out for the office.
             */
            reason?: ("by-hand" | "time-off" | "no-notice") | null;
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string | null;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * State
             * @description Whether the slot is open to clients, held for its week's release, booked, or blocked.
             * @enum {string}
             */
            state: "open" | "held" | "booked" | "blocked";
            /**
             * Time Off Id
             * @description The id of the time off in which the blocked slot is, or null; left out for the office.
             */
            time_off_id?: string | null;
        };
        /**
         * Call
         * @description A client to call about a session that was cancelled.
         */
        Call: {
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /**
             * Start
             * Format: date-time
             * @description When the cancelled session would have started.
             */
            start: string;
            /**
             * Why
             * @description Why mail won't do: the client has no address, the practice mails no clients yet, mail to the address is stopped, they want none, or the session started within 24 hours.
             * @enum {string}
             */
            why: "no_address" | "not_mailed" | "mail_stopped" | "mail_off" | "soon";
        };
        /**
         * Client
         * @description A client, for the therapist.
         */
        Client: {
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /** @description What became of the client's sessions. */
            conduct: components["schemas"]["Conduct"];
            /**
             * Created At
             * @description When the client was entered or registered; null if that was before it was recorded.
             */
            created_at: string | null;
            /**
             * Discharge Reason
             * @description Why the client was discharged; null unless they were.
             */
            discharge_reason: ("left" | "moved_on" | "died" | "other") | null;
            /**
             * Discharged At
             * @description When the client was discharged; null unless they were.
             */
            discharged_at: string | null;
            /**
             * Email
             * @description The client's e-mail address.
             */
            email: string | null;
            /**
             * Flag Seen
             * @description Whether the client's flag is seen.
             */
            flag_seen: boolean;
            /**
             * Flagged
             * @description Whether the client has reached the strike limit. It is false again once the flag is seen, until the next strike.
             */
            flagged: boolean;
            /**
             * Invited At
             * @description When a first password was last requested for the client, or null.
             */
            invited_at: string | null;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Login
             * @description Whether the client can sign in: `none`, they have no login; `invited`, they have one and have not signed in yet; `disabled`, not while they are suspended.
             * @enum {string}
             */
            login: "none" | "invited" | "active" | "disabled";
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /** @description Why nothing is mailed to the client's address, or null. A new address is mailed again. */
            mail_stopped: components["schemas"]["MailStop"] | null;
            /**
             * Max Per Week
             * @description The client's own weekly limit; null stands for the practice's.
             */
            max_per_week: number | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /** @description The next session, or null. */
            next_appointment: components["schemas"]["NextAppointment"] | null;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /**
             * Privilege Reason
             * @description The reason given when the client was last suspended or restored by hand; null if none was given, or if the suspension is automatic. Clients never see it.
             */
            privilege_reason: string | null;
            /**
             * Registered Online
             * @description Whether the client registered online.
             */
            registered_online: boolean;
            /**
             * Regular
             * @description Whether the client has a regular.
             */
            regular: boolean;
            /** @description The session that the client asks to repeat, until it has ended or repeats; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
            /**
             * Signed In
             * @description When the client first signed in, since that is recorded; null if they have not.
             */
            signed_in: string | null;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
            /**
             * Usual
             * @description Whether the client is listed before a release if they have no session in its week.
             */
            usual: boolean;
            /**
             * Welcomed At
             * @description When the client was last sent a welcome, or null.
             */
            welcomed_at: string | null;
        };
        /**
         * ClientAndAppointments
         * @description A client with appointments.
         */
        ClientAndAppointments: {
            /**
             * Appointments
             * @description The appointments.
             */
            appointments: components["schemas"]["TherapistsAppointment"][];
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /** @description What became of the client's sessions. */
            conduct: components["schemas"]["Conduct"];
            /**
             * Created At
             * @description When the client was entered or registered; null if that was before it was recorded.
             */
            created_at: string | null;
            /**
             * Discharge Reason
             * @description Why the client was discharged; null unless they were.
             */
            discharge_reason: ("left" | "moved_on" | "died" | "other") | null;
            /**
             * Discharged At
             * @description When the client was discharged; null unless they were.
             */
            discharged_at: string | null;
            /**
             * Email
             * @description The client's e-mail address.
             */
            email: string | null;
            /**
             * Flag Seen
             * @description Whether the client's flag is seen.
             */
            flag_seen: boolean;
            /**
             * Flagged
             * @description Whether the client has reached the strike limit. It is false again once the flag is seen, until the next strike.
             */
            flagged: boolean;
            /**
             * Invited At
             * @description When a first password was last requested for the client, or null.
             */
            invited_at: string | null;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Login
             * @description Whether the client can sign in: `none`, they have no login; `invited`, they have one and have not signed in yet; `disabled`, not while they are suspended.
             * @enum {string}
             */
            login: "none" | "invited" | "active" | "disabled";
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /** @description Why nothing is mailed to the client's address, or null. A new address is mailed again. */
            mail_stopped: components["schemas"]["MailStop"] | null;
            /**
             * Max Per Week
             * @description The client's own weekly limit; null stands for the practice's.
             */
            max_per_week: number | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /** @description The next session, or null. */
            next_appointment: components["schemas"]["NextAppointment"] | null;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /**
             * Privilege Reason
             * @description The reason given when the client was last suspended or restored by hand; null if none was given, or if the suspension is automatic. Clients never see it.
             */
            privilege_reason: string | null;
            /**
             * Registered Online
             * @description Whether the client registered online.
             */
            registered_online: boolean;
            /**
             * Regular
             * @description Whether the client has a regular.
             */
            regular: boolean;
            /** @description The session that the client asks to repeat, until it has ended or repeats; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
            /**
             * Signed In
             * @description When the client first signed in, since that is recorded; null if they have not.
             */
            signed_in: string | null;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
            /**
             * Usual
             * @description Whether the client is listed before a release if they have no session in its week.
             */
            usual: boolean;
            /**
             * Welcomed At
             * @description When the client was last sent a welcome, or null.
             */
            welcomed_at: string | null;
        };
        /**
         * ClientHistory
         * @description A client with a page of their whole history, newest first, and the cursor of the next.
         */
        ClientHistory: {
            /**
             * Appointments
             * @description The appointments.
             */
            appointments: components["schemas"]["TherapistsAppointment"][];
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /** @description What became of the client's sessions. */
            conduct: components["schemas"]["Conduct"];
            /**
             * Created At
             * @description When the client was entered or registered; null if that was before it was recorded.
             */
            created_at: string | null;
            /**
             * Discharge Reason
             * @description Why the client was discharged; null unless they were.
             */
            discharge_reason: ("left" | "moved_on" | "died" | "other") | null;
            /**
             * Discharged At
             * @description When the client was discharged; null unless they were.
             */
            discharged_at: string | null;
            /**
             * Email
             * @description The client's e-mail address.
             */
            email: string | null;
            /**
             * Flag Seen
             * @description Whether the client's flag is seen.
             */
            flag_seen: boolean;
            /**
             * Flagged
             * @description Whether the client has reached the strike limit. It is false again once the flag is seen, until the next strike.
             */
            flagged: boolean;
            /**
             * Invited At
             * @description When a first password was last requested for the client, or null.
             */
            invited_at: string | null;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Login
             * @description Whether the client can sign in: `none`, they have no login; `invited`, they have one and have not signed in yet; `disabled`, not while they are suspended.
             * @enum {string}
             */
            login: "none" | "invited" | "active" | "disabled";
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /** @description Why nothing is mailed to the client's address, or null. A new address is mailed again. */
            mail_stopped: components["schemas"]["MailStop"] | null;
            /**
             * Max Per Week
             * @description The client's own weekly limit; null stands for the practice's.
             */
            max_per_week: number | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Next
             * @description The cursor of the next page; null after the last.
             */
            next: string | null;
            /** @description The next session, or null. */
            next_appointment: components["schemas"]["NextAppointment"] | null;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /**
             * Privilege Reason
             * @description The reason given when the client was last suspended or restored by hand; null if none was given, or if the suspension is automatic. Clients never see it.
             */
            privilege_reason: string | null;
            /**
             * Registered Online
             * @description Whether the client registered online.
             */
            registered_online: boolean;
            /**
             * Regular
             * @description Whether the client has a regular.
             */
            regular: boolean;
            /** @description The session that the client asks to repeat, until it has ended or repeats; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
            /**
             * Signed In
             * @description When the client first signed in, since that is recorded; null if they have not.
             */
            signed_in: string | null;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
            /**
             * Usual
             * @description Whether the client is listed before a release if they have no session in its week.
             */
            usual: boolean;
            /**
             * Welcomed At
             * @description When the client was last sent a welcome, or null.
             */
            welcomed_at: string | null;
        };
        /**
         * ClientOpenings
         * @description What a client sees of the open slots, for the therapist.
         */
        ClientOpenings: {
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Reasons
             * @description Why the client sees no slots at all; empty where they see those that are open.
             */
            reasons: components["schemas"]["Reason"][];
            /**
             * Slots
             * @description The slots that the client may book, in order of time.
             */
            slots: components["schemas"]["Opening"][];
            /**
             * Timezone
             * @description The IANA time zone of the practice's times.
             */
            timezone: string | null;
        };
        /**
         * ClientPatch
         * @description The changes of a client. What is left out stays as it is.
         */
        ClientPatch: {
            /**
             * Calendar Entries
             * @description Whether mails to the client carry calendar entries, as they ask.
             */
            calendar_entries?: boolean;
            /**
             * Email
             * @description The new address; null removes it.
             */
            email?: string | null;
            /**
             * Flag Seen
             * @description Whether the flag is seen, which keeps it quiet until the next strike.
             */
            flag_seen?: boolean;
            /**
             * Language
             * @description The client's language, as they ask; null stands for the practice's.
             */
            language?: ("en" | "es") | null;
            /**
             * Mail
             * @description Which mails the client gets, as they ask.
             * @enum {string}
             */
            mail?: "all" | "changes" | "none";
            /**
             * Max Per Week
             * @description The client's own weekly limit; null stands for the practice's.
             */
            max_per_week?: number | null;
            /**
             * Name
             * @description The client's name.
             */
            name?: string;
            /**
             * Phone
             * @description The new phone number; null removes it.
             */
            phone?: string | null;
            /**
             * Usual
             * @description Whether the client is listed as usual. A client with a regular always is.
             */
            usual?: boolean;
        };
        /**
         * ClientRequest
         * @description A new client.
         */
        ClientRequest: {
            /**
             * Email
             * @description The client's e-mail address.
             */
            email?: string | null;
            /**
             * Invite
             * @description Whether the client gets a login, with a first password by mail.
             * @default false
             */
            invite: boolean;
            /**
             * Login
             * @description Replaces the address in the login name, where two clients share one address.
             */
            login?: string | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone?: string | null;
        };
        /**
         * Clients
         * @description Every client, flagged ones first, or every discharged one.
         */
        Clients: {
            /**
             * Clients
             * @description The clients, flagged ones first, then by name.
             */
            clients: components["schemas"]["ListedClient"][];
        };
        /**
         * Conduct
         * @description A client's conduct: what became of the sessions that were theirs.
         */
        Conduct: {
            /**
             * Booked
             * @description The client's sessions that are upcoming, kept, missed or cancelled by the client; one that moved counts once, and one that ended by the therapist, time off, a change of a regular or a discharge does not count.
             */
            booked: number;
            /**
             * Cancelled
             * @description Those that the client cancelled in time, or late if that was waived.
             */
            cancelled: number;
            /**
             * Kept
             * @description Those that have ended without being marked as missed.
             */
            kept: number;
            /**
             * Late Cancelled
             * @description Those that the client cancelled late, unless that was waived.
             */
            late_cancelled: number;
            /**
             * Median Notice Hours
             * @description The median notice of the client's latest 50 cancellations and moves, in hours, rounded down to a tenth; null before the first.
             */
            median_notice_hours: number | null;
            /**
             * Moved
             * @description How often the client moved a session, in time or late.
             */
            moved: number;
            /**
             * No Shows
             * @description Those that are marked as missed, waived or not.
             */
            no_shows: number;
        };
        /**
         * Config
         * @description Where to sign in.
         */
        Config: {
            /** @description Where clients sign in. */
            clients: components["schemas"]["UserPool"];
            /**
             * Cognito Url
             * @description The address to which requests to Cognito are sent.
             */
            cognito_url: string;
            /**
             * Region
             * @description The AWS region of the user pools.
             */
            region: string;
            /** @description Where therapists sign in. */
            therapists: components["schemas"]["UserPool"];
        };
        /**
         * ConfirmationRequest
         * @description Whoever follows the mailed link.
         */
        ConfirmationRequest: {
            /**
             * Token
             * @description The token of the link.
             */
            token: string;
        };
        /**
         * Confirmed
         * @description A confirmed registration.
         */
        Confirmed: {
            /**
             * Email
             * @description The address, with which the client signs in, and to which a first password is mailed.
             */
            email: string;
        };
        /**
         * Conflict
         * @description Something that the plan wants and a booking prevents.
         */
        Conflict: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string | null;
            /** @description The client whose booking is in the way, or null. */
            client: components["schemas"]["NamedClient"] | null;
            /**
             * Client Id
             * @description The client whose booking is in the way, or else the one of the regular.
             */
            client_id: string | null;
            /**
             * End
             * @description When the slot ends; null where neither the calendar nor the hours have one.
             */
            end: string | null;
            /**
             * Reason
             * @description What is in the way: `booked`, another client has the slot of a regular; `no-hours`, the hours have no slot at that time; `overlap`, a slot of the hours would overlap one that stays; `time-off`, a booking in time off; `clock-change`, a start that the clock skips or shows at another time than promised; `no-notice`, a slot that became free too late for the client of a regular to be told.
             * @enum {string}
             */
            reason: "booked" | "no-hours" | "overlap" | "time-off" | "clock-change" | "no-notice";
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string | null;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts.
             */
            start: string;
            /** @description The client of the regular that waits or can't be placed, or null. */
            waiting: components["schemas"]["NamedClient"] | null;
        };
        /**
         * Conflicts
         * @description Every conflict that nobody has settled.
         */
        Conflicts: {
            /**
             * Conflicts
             * @description The conflicts that nobody has settled.
             */
            conflicts: components["schemas"]["Conflict"][];
        };
        /**
         * Contact
         * @description A client's name and phone, and what they want by mail.
         */
        Contact: {
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /** @description Why nothing is mailed to the client's address, or null. */
            mail_stopped: components["schemas"]["MailStop"] | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
        };
        /**
         * Contacts
         * @description The clients' names and phones.
         */
        Contacts: {
            /**
             * Contacts
             * @description The clients, by name.
             */
            contacts: components["schemas"]["Contact"][];
        };
        /**
         * DischargeReason
         * @description Why a client was discharged.
         * @enum {string}
         */
        DischargeReason: "left" | "moved_on" | "died" | "other";
        /** @description This OpenAPI document. */
        Document: Record<string, never>;
        /**
         * Ended
         * @description The result of a cancellation or a move.
         */
        Ended: {
            /** @description The new appointment after a move, or else the cancelled one. */
            appointment: components["schemas"]["Appointment"];
            /**
             * Late
             * @description Whether the cancellation or move was late.
             */
            late: boolean;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
        };
        /**
         * EndedSession
         * @description A session that was cancelled or moved.
         */
        EndedSession: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /** @description The client who had the session. */
            client: components["schemas"]["NamedClient"];
            /**
             * Ended By
             * @description Who cancelled or moved the session; null if nobody did.
             */
            ended_by: ("client" | "therapist") | null;
            /**
             * Late
             * @description Whether the cancellation or move was late.
             */
            late: boolean;
            /**
             * Status
             * @description How the session ended.
             * @enum {string}
             */
            status: "cancelled" | "late_cancelled" | "moved";
        };
        /**
         * Entry
         * @description An entry of the hours.
         */
        Entry: {
            /**
             * Minutes
             * @description The length in minutes.
             */
            minutes: number;
            /**
             * Prime
             * @description Whether slots of this time are held until their week is released.
             */
            prime: boolean;
            /**
             * Start
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * EntryBody
         * @description An entry of the hours.
         */
        EntryBody: {
            /**
             * Minutes
             * @description The length in minutes.
             */
            minutes: number;
            /**
             * Prime
             * @description Whether slots of this time are held until their week is released.
             * @default false
             */
            prime: boolean;
            /**
             * Start
             * @description When the slot starts: an instant, or the local time of day.
             * @example 17:30
             */
            start: string;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * ExtraRequest
         * @description An opening outside the hours.
         */
        ExtraRequest: {
            /**
             * Minutes
             * @description The length in minutes.
             */
            minutes: number;
            /**
             * Note
             * @description A note for the therapist alone.
             */
            note?: string | null;
            /**
             * Prime
             * @description Whether slots of this time are held until their week is released.
             * @default false
             */
            prime: boolean;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts, in whole minutes.
             */
            start: string;
        };
        /**
         * FullWeek
         * @description A week in which a client would have more sessions than before, and more than one.
         */
        FullWeek: {
            /** @description The client, with their name. */
            client: components["schemas"]["NamedClient"];
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Week
             * @description The week with several sessions.
             */
            week: string;
        };
        /** @description A response of the API gateway itself. */
        GatewayMessage: {
            /** @description The reason, in a few words. */
            message?: string;
        };
        /**
         * HoursRequest
         * @description The whole hours.
         */
        HoursRequest: {
            /**
             * Hours
             * @description The entries of the week. They replace all others.
             */
            hours: components["schemas"]["EntryBody"][];
        };
        /**
         * HoursResult
         * @description The hours, the conflicts with them, and the sessions that end.
         */
        HoursResult: {
            /**
             * Cancelled
             * @description The sessions that end with the change.
             */
            cancelled: components["schemas"]["NamedAppointment"][];
            /**
             * Conflicts
             * @description The conflicts that nobody has settled.
             */
            conflicts: components["schemas"]["Conflict"][];
            /**
             * Full Weeks
             * @description The weeks in which a client would have several sessions.
             */
            full_weeks: components["schemas"]["FullWeek"][];
            /**
             * Hours
             * @description The entries of the week, in order of time.
             */
            hours: components["schemas"]["Entry"][];
        };
        /**
         * Intake
         * @description What decides now whether new clients may register.
         */
        Intake: {
            /**
             * Accepting
             * @description Whether a new client may register now.
             */
            accepting: boolean;
            /**
             * Asked Today
             * @description The registrations of today, confirmed or not, which may be at most `per_day`.
             */
            asked_today: number;
            /**
             * Below
             * @description The setting `intake_below`.
             */
            below: number;
            /**
             * Can Mail
             * @description Whether mail can be sent, without which nobody can register.
             */
            can_mail: boolean;
            /**
             * Count
             * @description The registrations that were confirmed this week, which may be at most `per_week`.
             */
            count: number;
            /**
             * Mode
             * @description The setting `intake`.
             * @enum {string}
             */
            mode: "auto" | "open" | "closed";
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Per Day
             * @description The setting `registrations_per_day`.
             */
            per_day: number;
            /**
             * Per Week
             * @description The setting `intake_per_week`.
             */
            per_week: number;
            /**
             * Registered
             * @description The clients who registered this week, oldest first.
             */
            registered: components["schemas"]["Registered"][];
            /**
             * Share
             * @description The booked share of the future slots of the next `weeks` weeks; 1 if there are none. Mode `auto` accepts while it is below `below`.
             */
            share: number;
            /**
             * Weeks
             * @description The setting `intake_weeks`.
             */
            weeks: number;
        };
        /**
         * InvitationRequest
         * @description A client who has lost the first password, or let it expire.
         */
        InvitationRequest: {
            /**
             * Email
             * @description The address with which the client signs in, or the login that replaces it.
             * @example dan@example.com
             */
            email: string;
        };
        /**
         * Language
         * @description A language in which clients read their pages and mails.
         * @enum {string}
         */
        Language: "en" | "es";
        /**
         * LateChanges
         * @description A client's late changes that count, and what follows from them.
         */
        LateChanges: {
            /**
             * Count
             * @description The strikes that count now.
             */
            count: number;
            /**
             * Limit
             * @description The number of strikes at which the client is flagged or suspended.
             */
            limit: number;
            /**
             * Limit Suspends
             * @description Whether the client has to call to book once `limit` is reached.
             */
            limit_suspends: boolean;
            /**
             * Moves Count
             * @description Whether a late move counts as a late cancellation does.
             */
            moves_count: boolean;
            /**
             * Window Days
             * @description The days for which a strike counts.
             */
            window_days: number;
        };
        /**
         * ListedClient
         * @description A client in a list.
         */
        ListedClient: {
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /** @description What became of the client's sessions. */
            conduct: components["schemas"]["Conduct"];
            /**
             * Created At
             * @description When the client was entered or registered; null if that was before it was recorded.
             */
            created_at: string | null;
            /**
             * Discharge Reason
             * @description Why the client was discharged; null unless they were.
             */
            discharge_reason: ("left" | "moved_on" | "died" | "other") | null;
            /**
             * Discharged At
             * @description When the client was discharged; null unless they were.
             */
            discharged_at: string | null;
            /**
             * Email
             * @description The client's e-mail address.
             */
            email: string | null;
            /**
             * Flag Seen
             * @description Whether the client's flag is seen.
             */
            flag_seen: boolean;
            /**
             * Flagged
             * @description Whether the client has reached the strike limit. It is false again once the flag is seen, until the next strike.
             */
            flagged: boolean;
            /**
             * Invited At
             * @description When a first password was last requested for the client, or null.
             */
            invited_at: string | null;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Login
             * @description Whether the client can sign in: `none`, they have no login; `invited`, they have one and have not signed in yet; `disabled`, not while they are suspended.
             * @enum {string}
             */
            login: "none" | "invited" | "active" | "disabled";
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /** @description Why nothing is mailed to the client's address, or null. A new address is mailed again. */
            mail_stopped: components["schemas"]["MailStop"] | null;
            /**
             * Max Per Week
             * @description The client's own weekly limit; null stands for the practice's.
             */
            max_per_week: number | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /** @description The next session, or null. */
            next_appointment: components["schemas"]["NextAppointment"] | null;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /**
             * Privilege Reason
             * @description The reason given when the client was last suspended or restored by hand; null if none was given, or if the suspension is automatic. Clients never see it.
             */
            privilege_reason: string | null;
            /**
             * Recent
             * @description What became of the client's latest ten sessions in twenty weeks, newest last. Those that the therapist ended are left out.
             */
            recent: ("kept" | "cancelled" | "late_cancelled" | "moved" | "no_show")[];
            /**
             * Registered Online
             * @description Whether the client registered online.
             */
            registered_online: boolean;
            /**
             * Regular
             * @description Whether the client has a regular.
             */
            regular: boolean;
            /** @description The session that the client asks to repeat, until it has ended or repeats; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
            /**
             * Signed In
             * @description When the client first signed in, since that is recorded; null if they have not.
             */
            signed_in: string | null;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
            /**
             * Usual
             * @description Whether the client is listed before a release if they have no session in its week.
             */
            usual: boolean;
            /**
             * Welcomed At
             * @description When the client was last sent a welcome, or null.
             */
            welcomed_at: string | null;
        };
        /**
         * Login
         * @description A login of the practice.
         */
        Login: {
            /**
             * Created At
             * Format: date-time
             * @description When the login was added.
             */
            created_at: string;
            /**
             * Email
             * @description The address to which the first password is mailed.
             */
            email: string;
            /**
             * Invited At
             * Format: date-time
             * @description When a first password was last asked for.
             */
            invited_at: string;
            /**
             * Login
             * @description What is typed to sign in, as a rule the address.
             */
            login: string;
            /**
             * Login Id
             * @description The login's id.
             */
            login_id: string;
            /**
             * Name
             * @description The name of who signs in.
             */
            name: string;
            /**
             * Removable
             * @description Whether the login that asks may remove it.
             */
            removable: boolean;
            /**
             * Role
             * @description What the login may do.
             * @enum {string}
             */
            role: "therapist" | "office";
        };
        /**
         * LoginRequest
         * @description Somebody who is to sign in to the practice.
         */
        LoginRequest: {
            /**
             * Email
             * Format: email
             * @description The address to which the first password is mailed, and with which one signs in.
             */
            email: string;
            /**
             * Name
             * @description The name, by which the audit log says who acted.
             */
            name: string;
            /**
             * Role
             * @description What the login may do. The office books, moves and cancels, holds, opens and blocks slots, and reads the calendar, names and phones. It neither sees nor changes anything else.
             * @enum {string}
             */
            role: "therapist" | "office";
        };
        /**
         * Logins
         * @description The logins of the practice.
         */
        Logins: {
            /**
             * Logins
             * @description The logins, the oldest first.
             */
            logins: components["schemas"]["Login"][];
        };
        /**
         * MailKind
         * @description What a mail tells, to the client or to the therapist.
         * @enum {string}
         */
        MailKind: "booked" | "moved" | "cancelled" | "reminder" | "regular-entered" | "regular-changed" | "regular-ended" | "suspended" | "restored" | "discharged" | "welcome" | "confirm-registration" | "already-known" | "please-call" | "regular-declined" | "invitation" | "reset-code" | "late-cancellation" | "limit-reached" | "registered" | "registrations-full" | "regular-asked" | "conflict" | "friday" | "digest" | "bounced" | "login-invitation" | "login-reset-code";
        /**
         * MailPreview
         * @description A mail as it is sent, with made-up people and times.
         */
        MailPreview: {
            /**
             * Address
             * @description The address that sends; null if none is set up, so that nobody is mailed.
             */
            address: string | null;
            /**
             * Html
             * @description The same as an HTML document, without scripts and remote content.
             */
            html: string;
            /** @description What the mail tells. */
            kind: components["schemas"]["MailKind"];
            /**
             * Language
             * @description The language in which it is written.
             * @enum {string}
             */
            language: "en" | "es";
            /**
             * Sender
             * @description The sender's name.
             */
            sender: string;
            /**
             * Subject
             * @description The mail's subject.
             */
            subject: string;
            /**
             * Text
             * @description What a program shows that shows no HTML.
             */
            text: string;
        };
        /**
         * MailStop
         * @description Why nothing more is mailed to a client's address.
         */
        MailStop: {
            /**
             * Since
             * Format: date-time
             * @description Since when.
             */
            since: string;
            /**
             * Why
             * @description `bounced`, the address takes no mail; `complained`, a mail was marked as unwanted.
             * @enum {string}
             */
            why: "bounced" | "complained";
        };
        /**
         * Me
         * @description A client, for the client, with upcoming appointments and what clients know of the practice. Notice is in hours, grace in minutes.
         */
        Me: {
            /**
             * Appointments
             * @description The upcoming appointments, in order of time.
             */
            appointments: components["schemas"]["Appointment"][];
            /**
             * Booking Notice Hours
             * @description Hours before its start until which a slot may be booked.
             */
            booking_notice_hours: number;
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Cancellation Notice Hours
             * @description A cancellation with fewer hours of notice is late.
             */
            cancellation_notice_hours: number;
            /**
             * Change Policy
             * @description The rule of late changes, shown when booking and cancelling late.
             */
            change_policy: string | null;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Crisis Line
             * @description Whom to turn to in a crisis.
             */
            crisis_line: string | null;
            /**
             * Ended
             * @description The sessions of the coming weeks that were cancelled, in order of time.
             */
            ended: components["schemas"]["Appointment"][];
            /**
             * Grace Minutes
             * @description Minutes after a booking in which cancelling is never late.
             */
            grace_minutes: number;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /** @description The late changes that count, and what follows from them. */
            late_changes: components["schemas"]["LateChanges"];
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /**
             * Mail Stopped
             * @description Why nothing is mailed to the client: mail came back, or was marked as unwanted; or null.
             */
            mail_stopped: ("bounced" | "complained") | null;
            /**
             * Max Per Week
             * @description How many sessions a week this client may book.
             */
            max_per_week: number;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Notices
             * @description What the therapist tells clients about the time off that lasts.
             */
            notices: components["schemas"]["Notice"][];
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Office Phone
             * @description The number to call.
             */
            office_phone: string | null;
            /**
             * Phone Note
             * @description Shown with the phone, such as when the office calls back.
             */
            phone_note: string | null;
            /**
             * Place
             * @description Where sessions take place.
             */
            place: string | null;
            /**
             * Place In Mail
             * @description Whether mails and calendar entries say so.
             */
            place_in_mail: boolean;
            /**
             * Practice Language
             * @description The language of clients who have chosen none.
             * @enum {string}
             */
            practice_language: "en" | "es";
            /**
             * Practice Name
             * @description The practice's name.
             */
            practice_name: string;
            /**
             * Privacy Url
             * @description The https address of the practice's privacy notice.
             */
            privacy_url: string | null;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /** @description The session that the client asks to repeat, until it has ended or repeats; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
            /**
             * Regulars
             * @description The client's regulars that have not ended, by weekday and start.
             */
            regulars: components["schemas"]["OwnRegular"][];
            /**
             * Release Time
             * @description The local time at which new times usually open.
             */
            release_time: string;
            /**
             * Release Weekday
             * @description The weekday on which new times usually open.
             * @enum {string}
             */
            release_weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
            /**
             * Self Scheduling
             * @description Whether clients may book.
             */
            self_scheduling: boolean;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
            /**
             * Therapist Id
             * @description The practice's id.
             */
            therapist_id: string;
            /**
             * Timezone
             * @description The IANA time zone of the practice's times.
             */
            timezone: string | null;
        };
        /**
         * MoveForClientRequest
         * @description The slot to which the therapist moves a session, and in whose name.
         */
        MoveForClientRequest: {
            /**
             * By
             * @description In whose name the session moves. A late move in the client's name may be a strike.
             * @default therapist
             * @enum {string}
             */
            by: "client" | "therapist";
            /**
             * Notify
             * @description Whether the clients concerned are told.
             * @default true
             */
            notify: boolean;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             * @example 20261124T2230Z
             */
            slot_id: string;
            /**
             * Told At
             * @description When the client asked for it, if that was before now. Only a move in the client's name has it.
             */
            told_at?: string | null;
        };
        /**
         * NamedAppointment
         * @description An appointment, for the therapist, with the client's name.
         */
        NamedAppointment: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /**
             * Cancel Free Until
             * @description Until when cancelling is not late; null once the appointment has ended.
             */
            cancel_free_until: string | null;
            /** @description The client, with their name. */
            client: components["schemas"]["NamedClient"];
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Ended At
             * @description When it was cancelled or moved, or null. It is left out for the office.
             */
            ended_at?: string | null;
            /**
             * Ended By
             * @description Who cancelled or moved it; null if nobody did.
             */
            ended_by: ("client" | "therapist") | null;
            /**
             * Made At
             * Format: date-time
             * @description When it was booked. It is left out for the office.
             */
            made_at?: string;
            /**
             * Message
             * @description What the therapist told the clients of the time off for which it was cancelled.
             */
            message: string | null;
            /**
             * Notice Hours
             * @description The notice with which it was cancelled or moved, in hours, rounded down to a tenth. It is left out for the office.
             */
            notice_hours?: number | null;
            /**
             * Regular
             * @description Whether it belongs to a regular.
             */
            regular: boolean;
            /**
             * Sequence
             * @description How often the session was moved.
             */
            sequence: number;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * Status
             * @description What has become of the appointment. It stays `booked` when the session was kept.
             * @enum {string}
             */
            status: "booked" | "cancelled" | "late_cancelled" | "moved" | "no_show";
            /**
             * Strike
             * @description Whether it counts as a strike. It is left out for the office.
             */
            strike?: boolean;
            /**
             * Time Off Id
             * @description The id of the time off for which it was cancelled. It is left out for the office.
             */
            time_off_id?: string | null;
            /**
             * Uid
             * @description By which calendars recognize the session, also after it was moved.
             */
            uid: string;
            /**
             * Waived
             * @description Whether its strike was waived. It is left out for the office.
             */
            waived?: boolean;
        };
        /**
         * NamedClient
         * @description A client's id and name.
         */
        NamedClient: {
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
        };
        /**
         * NextAppointment
         * @description A client's next session.
         */
        NextAppointment: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Regular
             * @description Whether it belongs to a regular.
             */
            regular: boolean;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
        };
        /**
         * Notice
         * @description What clients are told about time off.
         */
        Notice: {
            /**
             * From
             * Format: date-time
             * @description The beginning, inclusive.
             */
            from: string;
            /**
             * Notice
             * @description What clients see on their page while the time off lasts.
             */
            notice: string;
            /**
             * To
             * Format: date-time
             * @description The end, exclusive.
             */
            to: string;
        };
        /**
         * Opening
         * @description A slot that is open, or will be.
         */
        Opening: {
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
        };
        /**
         * Openings
         * @description The slots that a client may book now, and the time zone of their times.
         */
        Openings: {
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Slots
             * @description The slots that the client may book, in order of time.
             */
            slots: components["schemas"]["Opening"][];
            /**
             * Timezone
             * @description The IANA time zone of the practice's times.
             */
            timezone: string | null;
        };
        /**
         * OutcomeRequest
         * @description The outcome of a session, or the waiving of its strike.
         */
        OutcomeRequest: {
            /**
             * Outcome
             * @description What became of the session, or `waived` to waive its strike.
             * @enum {string}
             */
            outcome: "kept" | "no_show" | "waived";
        };
        /**
         * OwnRegular
         * @description A client's regular, for the client.
         */
        OwnRegular: {
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             */
            every_weeks: number;
            /**
             * First
             * @description The date from which on the regular is placed.
             */
            first: string;
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string;
            /**
             * Start
             * @description The local time at which its sessions start.
             */
            start: string;
            /**
             * Until
             * @description The last date on which the regular may be placed; null for no end.
             */
            until: string | null;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * Party
         * @description Who ended an appointment, or in whose name.
         * @enum {string}
         */
        Party: "client" | "therapist";
        /**
         * Practice
         * @description The practice: its settings, and who is signed in. Notice is in hours, grace in minutes.
         */
        Practice: {
            /**
             * Booking Notice Hours
             * @description Hours before its start until which a slot may be booked.
             */
            booking_notice_hours: number;
            /**
             * Cancellation Notice Hours
             * @description A cancellation with fewer hours of notice is late.
             */
            cancellation_notice_hours: number;
            /**
             * Change Policy
             * @description The rule of late changes, shown when booking and cancelling late.
             */
            change_policy: string | null;
            /**
             * Crisis Line
             * @description Whom to turn to in a crisis. Clients see it; without one they can't book or register.
             */
            crisis_line: string | null;
            /**
             * Embed Origins
             * @description The https origins of the sites that may embed the client's page, in lower case.
             */
            embed_origins: string[];
            /**
             * Grace Minutes
             * @description Minutes after a booking in which cancelling is never late.
             */
            grace_minutes: number;
            /**
             * Horizon Weeks
             * @description Weeks published past the current one.
             */
            horizon_weeks: number;
            /**
             * Hours
             * @description The entries of the week, in order of time.
             */
            hours: components["schemas"]["Entry"][];
            /**
             * Intake
             * @description Whether new clients may register; `auto`: while few slots are booked.
             * @enum {string}
             */
            intake: "auto" | "open" | "closed";
            /**
             * Intake Below
             * @description The booked share of slots below which `auto` accepts.
             */
            intake_below: number;
            /**
             * Intake Per Week
             * @description New clients who may register in one week.
             */
            intake_per_week: number;
            /**
             * Intake Weeks
             * @description Weeks ahead whose slots `auto` counts, at most the horizon.
             */
            intake_weeks: number;
            /**
             * Language
             * @description The language of clients who have chosen none.
             * @enum {string}
             */
            language: "en" | "es";
            /**
             * Late Move Is Strike
             * @description Whether a late move is a strike.
             */
            late_move_is_strike: boolean;
            /**
             * Mail From
             * @description The local date from which on clients are mailed; none: they are not.
             */
            mail_from: string | null;
            /**
             * Max Per Week
             * @description Sessions that a client may book a week.
             */
            max_per_week: number;
            /**
             * Name
             * @description The practice's name, shown to clients.
             */
            name: string;
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Office Phone
             * @description The number that clients are told to call.
             */
            office_phone: string | null;
            /**
             * On Strike Limit
             * @description What happens at the strike limit.
             * @enum {string}
             */
            on_strike_limit: "flag" | "suspend";
            /**
             * Phone Note
             * @description Shown with the phone, such as when the office calls back.
             */
            phone_note: string | null;
            /**
             * Place
             * @description Where sessions take place, as clients read it.
             */
            place: string | null;
            /**
             * Place In Mail
             * @description Whether mails tell the place.
             */
            place_in_mail: boolean;
            /**
             * Privacy Url
             * @description The https address of the practice's privacy notice.
             */
            privacy_url: string | null;
            /**
             * Published Through
             * @description The last week whose slots are on the calendar, or null.
             */
            published_through: string | null;
            /** @description The local times between which clients get no mail that can wait. */
            quiet_hours: components["schemas"]["QuietHours"] | null;
            /**
             * Registrations Per Day
             * @description Registrations a day that are mailed a link to confirm.
             */
            registrations_per_day: number;
            /** @description The weekday and local time at which next week's held slots open. */
            release: components["schemas"]["ReleaseTime"];
            /**
             * Released Through
             * @description The last week whose held slots were released, or null.
             */
            released_through: string | null;
            /**
             * Reminder Hours
             * @description Hours before a session at which its client is reminded.
             */
            reminder_hours: number | null;
            /**
             * Second Reminder Hours
             * @description Hours before a session of a second reminder.
             */
            second_reminder_hours: number | null;
            /**
             * Self Scheduling
             * @description Whether clients may book.
             */
            self_scheduling: boolean;
            /**
             * Sender Name
             * @description The sender's name in mails; none: a word that reveals no therapy.
             */
            sender_name: string | null;
            /** @description Who is signed in, and in which role. */
            signed_in: components["schemas"]["SignedIn"];
            /**
             * Strike Limit
             * @description Strikes after which a client is flagged or suspended.
             */
            strike_limit: number;
            /**
             * Strike Window Days
             * @description Days in which a strike counts.
             */
            strike_window_days: number;
            /**
             * Suspended Can Sign In
             * @description Whether a suspended client may sign in and read their sessions.
             */
            suspended_can_sign_in: boolean;
            /**
             * Therapist Id
             * @description The practice's id.
             */
            therapist_id: string;
            /**
             * Therapist Mails
             * @description The mails that the practice's therapists get.
             */
            therapist_mails: ("late-cancellation" | "limit-reached" | "registered" | "regular-asked" | "conflict" | "friday" | "digest" | "bounced")[];
            /**
             * Timezone
             * @description The IANA time zone of the hours.
             */
            timezone: string | null;
        };
        /**
         * Preferences
         * @description What a client has chosen for themselves.
         */
        Preferences: {
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
        };
        /**
         * PreferencesPatch
         * @description What a client chooses for themselves. What is left out stays as it is.
         */
        PreferencesPatch: {
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries?: boolean;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language?: ("en" | "es") | null;
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail?: "all" | "changes" | "none";
        };
        /**
         * PrivilegeChange
         * @description A client who was suspended or restored, with future appointments.
         */
        PrivilegeChange: {
            /**
             * Appointments
             * @description The appointments.
             */
            appointments: components["schemas"]["TherapistsAppointment"][];
            /**
             * Calendar Entries
             * @description Whether mails about sessions carry calendar entries.
             */
            calendar_entries: boolean;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /** @description What became of the client's sessions. */
            conduct: components["schemas"]["Conduct"];
            /**
             * Created At
             * @description When the client was entered or registered; null if that was before it was recorded.
             */
            created_at: string | null;
            /**
             * Discharge Reason
             * @description Why the client was discharged; null unless they were.
             */
            discharge_reason: ("left" | "moved_on" | "died" | "other") | null;
            /**
             * Discharged At
             * @description When the client was discharged; null unless they were.
             */
            discharged_at: string | null;
            /**
             * Email
             * @description The client's e-mail address.
             */
            email: string | null;
            /**
             * Flag Seen
             * @description Whether the client's flag is seen.
             */
            flag_seen: boolean;
            /**
             * Flagged
             * @description Whether the client has reached the strike limit. It is false again once the flag is seen, until the next strike.
             */
            flagged: boolean;
            /**
             * Invited At
             * @description When a first password was last requested for the client, or null.
             */
            invited_at: string | null;
            /**
             * Language
             * @description The client's language; null stands for the practice's.
             */
            language: ("en" | "es") | null;
            /**
             * Login
             * @description Whether the client can sign in: `none`, they have no login; `invited`, they have one and have not signed in yet; `disabled`, not while they are suspended.
             * @enum {string}
             */
            login: "none" | "invited" | "active" | "disabled";
            /**
             * Mail
             * @description Which mails the client gets: all, those about changed sessions, or none.
             * @enum {string}
             */
            mail: "all" | "changes" | "none";
            /** @description Why nothing is mailed to the client's address, or null. A new address is mailed again. */
            mail_stopped: components["schemas"]["MailStop"] | null;
            /**
             * Max Per Week
             * @description The client's own weekly limit; null stands for the practice's.
             */
            max_per_week: number | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /** @description The next session, or null. */
            next_appointment: components["schemas"]["NextAppointment"] | null;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /**
             * Privilege Reason
             * @description The reason given when the client was last suspended or restored by hand; null if none was given, or if the suspension is automatic. Clients never see it.
             */
            privilege_reason: string | null;
            /**
             * Registered Online
             * @description Whether the client registered online.
             */
            registered_online: boolean;
            /**
             * Regular
             * @description Whether the client has a regular.
             */
            regular: boolean;
            /** @description The session that the client asks to repeat, until it has ended or repeats; null for none. */
            regular_request: components["schemas"]["AskedRegular"] | null;
            /**
             * Signed In
             * @description When the client first signed in, since that is recorded; null if they have not.
             */
            signed_in: string | null;
            /** @description The client's strikes. */
            strikes: components["schemas"]["Strikes"];
            /**
             * Strikes Reset
             * @description The number of strikes that count no longer, after a restoration.
             */
            strikes_reset: number;
            /**
             * Usual
             * @description Whether the client is listed before a release if they have no session in its week.
             */
            usual: boolean;
            /**
             * Welcomed At
             * @description When the client was last sent a welcome, or null.
             */
            welcomed_at: string | null;
        };
        /**
         * PrivilegeRequest
         * @description Whether a client may book, and why.
         */
        PrivilegeRequest: {
            /**
             * Notify
             * @description Whether the clients concerned are told.
             * @default false
             */
            notify: boolean;
            /**
             * Reason
             * @description Why. The client never sees it.
             */
            reason?: string | null;
            /**
             * State
             * @description Whether the client may book online.
             * @enum {string}
             */
            state: "active" | "suspended";
        };
        /** @description A refusal, as problem details (RFC 9457). */
        Problem: {
            /** @description Who is in the way. Present for therapists, where there is one, for `slot-taken`, `overlap`, `regular-conflict` and `known-client`. */
            client?: {
                /** @description The client's id. */
                client_id: string;
                /** @description The client's name. */
                name: string;
            };
            /** @description What happened, and what to do next. */
            detail: string;
            /** @description Present for `invalid`. */
            errors?: {
                /** @description The path of the field. */
                field: string;
                /** @description What is wrong with it. */
                message: string;
            }[];
            /** @description Present for `not-ready`. */
            missing?: ("hours" | "timezone" | "office_phone" | "crisis_line" | "regulars_entered" | "conflicts")[];
            /** @description Present for clients and the public. */
            office_phone?: string;
            /** @description The regular that is in the way. Present for therapists, where there is one, for `slot-taken`, `overlap`, `regular-conflict` and `known-client`. */
            regular_id?: string;
            /** @description Identifies the request in the logs. */
            request_id: string;
            /** @description The slot that is in the way. Present for therapists, where there is one, for `slot-taken`, `overlap`, `regular-conflict` and `known-client`. */
            slot?: {
                /**
                 * Format: date-time
                 * @description When it ends.
                 */
                end: string;
                /** @description The slot's id. */
                slot_id: string;
                /**
                 * Format: date-time
                 * @description When it starts.
                 */
                start: string;
                /**
                 * @description The slot's state.
                 * @enum {unknown}
                 */
                state: "open" | "held" | "booked" | "blocked";
            };
            /** @description The HTTP status. */
            status: number;
            /** @description The kind of refusal, for people. */
            title: string;
            /** @description The kind of refusal, for programs. */
            type: string;
            /** @description Present for `regular-conflict`. */
            week?: string;
            /**
             * @description Present for `login-kept`: the caller's own login, the first, the last.
             * @enum {unknown}
             */
            why?: "own" | "first" | "last";
        };
        /**
         * QuietHours
         * @description The local times between which clients get no mail that can wait.
         */
        QuietHours: {
            /**
             * From
             * @description The beginning, inclusive.
             */
            from: string;
            /**
             * To
             * @description The end, exclusive.
             */
            to: string;
        };
        /**
         * QuietHoursBody
         * @description The local times between which clients get no mail that can wait.
         */
        QuietHoursBody: {
            /**
             * From
             * @description The local time from which on mail waits.
             * @example 17:30
             */
            from: string;
            /**
             * To
             * @description The local time at which mail is sent again.
             * @example 17:30
             */
            to: string;
        };
        /**
         * Reason
         * @description A reason for which a client can't book.
         */
        Reason: {
            /**
             * Detail
             * @description The reason, in a sentence for the therapist.
             */
            detail: string;
            /**
             * Name
             * @description The name of the refusal that the client would get. `first-session-ahead` is the `weekly-limit` of a client who registered online and has kept no session yet.
             * @enum {string}
             */
            name: "privilege-suspended" | "self-scheduling-off" | "unknown-slot" | "already-started" | "too-soon" | "slot-taken" | "first-session-ahead" | "weekly-limit";
        };
        /**
         * Received
         * @description The answer to everyone who registers, asks for a first password or ends reminders.
         */
        Received: {
            /**
             * Message
             * @description A sentence, the same for everybody.
             */
            message: string;
        };
        /**
         * Registered
         * @description A client who registered online.
         */
        Registered: {
            /**
             * At
             * @description When the client registered.
             */
            at: string | null;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
        };
        /**
         * Registration
         * @description A registration with the address or phone of a suspended or discharged client.
         */
        Registration: {
            /**
             * At
             * Format: date-time
             * @description When it was sent.
             */
            at: string;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Client Name
             * @description The name of the client with that address or phone number.
             */
            client_name: string;
            /**
             * Discharge Reason
             * @description Why the client was discharged; null unless they were.
             */
            discharge_reason: ("left" | "moved_on" | "died" | "other") | null;
            /**
             * Email
             * @description The address in the registration.
             */
            email: string;
            /**
             * Name
             * @description The name in the registration.
             */
            name: string;
            /**
             * Phone
             * @description The phone number in the registration.
             */
            phone: string;
            /**
             * Privilege
             * @description Whether the client may book online; `ended` after a discharge.
             * @enum {string}
             */
            privilege: "active" | "suspended" | "ended";
            /**
             * Registration Id
             * @description The registration's id.
             */
            registration_id: string;
        };
        /**
         * RegistrationRequest
         * @description Somebody who wants to become a client.
         */
        RegistrationRequest: {
            /**
             * Email
             * Format: email
             * @description The client's e-mail address.
             */
            email: string;
            /**
             * Language
             * @description The language of mails to them; null stands for the practice's.
             */
            language?: ("en" | "es") | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Phone
             * @description The client's phone number.
             * @example +1 212 555 0100
             */
            phone: string;
        };
        /**
         * Registrations
         * @description The returning registrations, oldest first.
         */
        Registrations: {
            /**
             * Registrations
             * @description The returning registrations, oldest first.
             */
            registrations: components["schemas"]["Registration"][];
        };
        /**
         * Regular
         * @description A regular.
         */
        Regular: {
            /** @description The client, with their name. */
            client: components["schemas"]["NamedClient"];
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             */
            every_weeks: number;
            /**
             * First
             * @description The date from which on the regular is placed.
             */
            first: string;
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string;
            /**
             * Start
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * Until
             * @description The last date on which the regular may be placed; null for no end.
             */
            until: string | null;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * RegularRequest
         * @description A regular.
         */
        RegularRequest: {
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             * @default 1
             */
            every_weeks: number;
            /**
             * First
             * Format: date
             * @description The date from which on the regular is placed.
             */
            first: string;
            /**
             * Notify
             * @description Whether the client is told.
             * @default true
             */
            notify: boolean;
            /**
             * Start
             * @description When the slot starts: an instant, or the local time of day.
             * @example 17:30
             */
            start: string;
            /**
             * Until
             * @description The last date on which the regular may be placed; null for no end.
             */
            until?: string | null;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * RegularResult
         * @description A regular, the slots that it occupies, those that it leaves out, and its conflicts.
         */
        RegularResult: {
            /**
             * Cancelled
             * @description The sessions that end with the change. A booking of the client's own stays.
             */
            cancelled: components["schemas"]["NamedAppointment"][];
            /** @description The client, with their name. */
            client: components["schemas"]["NamedClient"];
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Conflicts
             * @description The conflicts that nobody has settled.
             */
            conflicts: components["schemas"]["Conflict"][];
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             */
            every_weeks: number;
            /**
             * First
             * @description The date from which on the regular is placed.
             */
            first: string;
            /**
             * Full Weeks
             * @description The weeks in which a client would have several sessions.
             */
            full_weeks: components["schemas"]["FullWeek"][];
            /**
             * Placed
             * @description The ids of the slots that the regular occupies.
             */
            placed: string[];
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string;
            /**
             * Skipped
             * @description The ids of the slots that it leaves out.
             */
            skipped: string[];
            /**
             * Start
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * Until
             * @description The last date on which the regular may be placed; null for no end.
             */
            until: string | null;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * Regulars
         * @description Every regular that has not ended, by weekday, start and client.
         */
        Regulars: {
            /**
             * Regulars
             * @description The regulars that have not ended, by weekday, start and client.
             */
            regulars: components["schemas"]["Regular"][];
        };
        /**
         * RegularTime
         * @description The time of a regular.
         */
        RegularTime: {
            /**
             * Every Weeks
             * @description The number of weeks from one session to the next.
             */
            every_weeks: number;
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string;
            /**
             * Start
             * @description The local time at which its sessions start.
             */
            start: string;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * ReleaseBody
         * @description When the week is released.
         */
        ReleaseBody: {
            /**
             * Time
             * @description The local time of day.
             * @example 17:30
             */
            time: string;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * Released
         * @description What a release opened and published.
         */
        Released: {
            /**
             * Opened
             * @description The ids of the slots that opened.
             */
            opened: string[];
            /**
             * Published
             * @description The weeks that were published.
             */
            published: string[];
            /**
             * Week
             * @description The week that was released.
             */
            week: string;
        };
        /**
         * ReleaseTime
         * @description When the week is released.
         */
        ReleaseTime: {
            /**
             * Time
             * @description The local time of day.
             */
            time: string;
            /**
             * Weekday
             * @description The day of the week.
             * @enum {string}
             */
            weekday: "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
        };
        /**
         * ReturnedSlot
         * @description A slot returned to the plan.
         */
        ReturnedSlot: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string | null;
            /** @description The client who has the slot, or null. */
            client: components["schemas"]["NamedClient"] | null;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Note
             * @description A note for the therapist alone. It is left out for the office.
             */
            note?: string | null;
            /**
             * Prime
             * @description Whether slots of this time are held until their week is released.
             */
            prime: boolean;
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string | null;
            /**
             * Removed
             * @description Whether the calendar no longer has a slot there.
             */
            removed: boolean;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * State
             * @description Whether the slot is open to clients, held for its week's release, booked, or blocked.
             * @enum {string}
             */
            state: "open" | "held" | "booked" | "blocked";
        };
        /**
         * Settings
         * @description A practice's settings. Notice is in hours, grace in minutes.
         */
        Settings: {
            /**
             * Booking Notice Hours
             * @description Hours before its start until which a slot may be booked.
             */
            booking_notice_hours: number;
            /**
             * Cancellation Notice Hours
             * @description A cancellation with fewer hours of notice is late.
             */
            cancellation_notice_hours: number;
            /**
             * Change Policy
             * @description The rule of late changes, shown when booking and cancelling late.
             */
            change_policy: string | null;
            /**
             * Crisis Line
             * @description Whom to turn to in a crisis. Clients see it; without one they can't book or register.
             */
            crisis_line: string | null;
            /**
             * Embed Origins
             * @description The https origins of the sites that may embed the client's page, in lower case.
             */
            embed_origins: string[];
            /**
             * Grace Minutes
             * @description Minutes after a booking in which cancelling is never late.
             */
            grace_minutes: number;
            /**
             * Horizon Weeks
             * @description Weeks published past the current one.
             */
            horizon_weeks: number;
            /**
             * Hours
             * @description The entries of the week, in order of time.
             */
            hours: components["schemas"]["Entry"][];
            /**
             * Intake
             * @description Whether new clients may register; `auto`: while few slots are booked.
             * @enum {string}
             */
            intake: "auto" | "open" | "closed";
            /**
             * Intake Below
             * @description The booked share of slots below which `auto` accepts.
             */
            intake_below: number;
            /**
             * Intake Per Week
             * @description New clients who may register in one week.
             */
            intake_per_week: number;
            /**
             * Intake Weeks
             * @description Weeks ahead whose slots `auto` counts, at most the horizon.
             */
            intake_weeks: number;
            /**
             * Language
             * @description The language of clients who have chosen none.
             * @enum {string}
             */
            language: "en" | "es";
            /**
             * Late Move Is Strike
             * @description Whether a late move is a strike.
             */
            late_move_is_strike: boolean;
            /**
             * Mail From
             * @description The local date from which on clients are mailed; none: they are not.
             */
            mail_from: string | null;
            /**
             * Max Per Week
             * @description Sessions that a client may book a week.
             */
            max_per_week: number;
            /**
             * Name
             * @description The practice's name, shown to clients.
             */
            name: string;
            /**
             * Now
             * Format: date-time
             * @description The instant of the answer. Pages go by it instead of the browser's clock.
             */
            now: string;
            /**
             * Office Phone
             * @description The number that clients are told to call.
             */
            office_phone: string | null;
            /**
             * On Strike Limit
             * @description What happens at the strike limit.
             * @enum {string}
             */
            on_strike_limit: "flag" | "suspend";
            /**
             * Phone Note
             * @description Shown with the phone, such as when the office calls back.
             */
            phone_note: string | null;
            /**
             * Place
             * @description Where sessions take place, as clients read it.
             */
            place: string | null;
            /**
             * Place In Mail
             * @description Whether mails tell the place.
             */
            place_in_mail: boolean;
            /**
             * Privacy Url
             * @description The https address of the practice's privacy notice.
             */
            privacy_url: string | null;
            /**
             * Published Through
             * @description The last week whose slots are on the calendar, or null.
             */
            published_through: string | null;
            /** @description The local times between which clients get no mail that can wait. */
            quiet_hours: components["schemas"]["QuietHours"] | null;
            /**
             * Registrations Per Day
             * @description Registrations a day that are mailed a link to confirm.
             */
            registrations_per_day: number;
            /** @description The weekday and local time at which next week's held slots open. */
            release: components["schemas"]["ReleaseTime"];
            /**
             * Released Through
             * @description The last week whose held slots were released, or null.
             */
            released_through: string | null;
            /**
             * Reminder Hours
             * @description Hours before a session at which its client is reminded.
             */
            reminder_hours: number | null;
            /**
             * Second Reminder Hours
             * @description Hours before a session of a second reminder.
             */
            second_reminder_hours: number | null;
            /**
             * Self Scheduling
             * @description Whether clients may book.
             */
            self_scheduling: boolean;
            /**
             * Sender Name
             * @description The sender's name in mails; none: a word that reveals no therapy.
             */
            sender_name: string | null;
            /**
             * Strike Limit
             * @description Strikes after which a client is flagged or suspended.
             */
            strike_limit: number;
            /**
             * Strike Window Days
             * @description Days in which a strike counts.
             */
            strike_window_days: number;
            /**
             * Suspended Can Sign In
             * @description Whether a suspended client may sign in and read their sessions.
             */
            suspended_can_sign_in: boolean;
            /**
             * Therapist Id
             * @description The practice's id.
             */
            therapist_id: string;
            /**
             * Therapist Mails
             * @description The mails that the practice's therapists get.
             */
            therapist_mails: ("late-cancellation" | "limit-reached" | "registered" | "regular-asked" | "conflict" | "friday" | "digest" | "bounced")[];
            /**
             * Timezone
             * @description The IANA time zone of the hours.
             */
            timezone: string | null;
        };
        /**
         * SettingsPatch
         * @description The settings that change. Null removes a setting that has no default, or quiet hours.
         */
        SettingsPatch: {
            /**
             * Booking Notice Hours
             * @description Hours before its start until which a slot may be booked.
             */
            booking_notice_hours?: number;
            /**
             * Cancellation Notice Hours
             * @description A cancellation with fewer hours of notice is late.
             */
            cancellation_notice_hours?: number;
            /**
             * Change Policy
             * @description The rule of late changes, shown when booking and cancelling late.
             */
            change_policy?: string | null | "";
            /**
             * Crisis Line
             * @description Whom to turn to in a crisis. Clients see it; without one they can't book or register.
             */
            crisis_line?: string | null | "";
            /**
             * Embed Origins
             * @description The https origins of the sites that may embed the client's page, in lower case.
             */
            embed_origins?: string[];
            /**
             * Grace Minutes
             * @description Minutes after a booking in which cancelling is never late.
             */
            grace_minutes?: number;
            /**
             * Horizon Weeks
             * @description Weeks published past the current one.
             */
            horizon_weeks?: number;
            /**
             * Intake
             * @description Whether new clients may register; `auto`: while few slots are booked.
             * @enum {string}
             */
            intake?: "auto" | "open" | "closed";
            /**
             * Intake Below
             * @description The booked share of slots below which `auto` accepts.
             */
            intake_below?: number;
            /**
             * Intake Per Week
             * @description New clients who may register in one week.
             */
            intake_per_week?: number;
            /**
             * Intake Weeks
             * @description Weeks ahead whose slots `auto` counts, at most the horizon.
             */
            intake_weeks?: number;
            /**
             * Language
             * @description The language of clients who have chosen none.
             * @enum {string}
             */
            language?: "en" | "es";
            /**
             * Late Move Is Strike
             * @description Whether a late move is a strike.
             */
            late_move_is_strike?: boolean;
            /**
             * Mail From
             * @description The local date from which on clients are mailed; none: they are not.
             */
            mail_from?: string | null;
            /**
             * Max Per Week
             * @description Sessions that a client may book a week.
             */
            max_per_week?: number;
            /**
             * Name
             * @description The practice's name, shown to clients.
             */
            name?: string;
            /**
             * Office Phone
             * @description The number that clients are told to call.
             */
            office_phone?: string | null | "";
            /**
             * On Strike Limit
             * @description What happens at the strike limit.
             * @enum {string}
             */
            on_strike_limit?: "flag" | "suspend";
            /**
             * Phone Note
             * @description Shown with the phone, such as when the office calls back.
             */
            phone_note?: string | null | "";
            /**
             * Place
             * @description Where sessions take place, as clients read it.
             */
            place?: string | null | "";
            /**
             * Place In Mail
             * @description Whether mails tell the place.
             */
            place_in_mail?: boolean;
            /**
             * Privacy Url
             * @description The https address of the practice's privacy notice.
             */
            privacy_url?: string | null | "";
            /** @description The local times between which clients get no mail that can wait. */
            quiet_hours?: components["schemas"]["QuietHoursBody"] | null;
            /**
             * Registrations Per Day
             * @description Registrations a day that are mailed a link to confirm.
             */
            registrations_per_day?: number;
            /** @description The weekday and local time at which next week's held slots open. */
            release?: components["schemas"]["ReleaseBody"];
            /**
             * Reminder Hours
             * @description Hours before a session at which its client is reminded.
             */
            reminder_hours?: number | null;
            /**
             * Second Reminder Hours
             * @description Hours before a session of a second reminder.
             */
            second_reminder_hours?: number | null;
            /**
             * Sender Name
             * @description The sender's name in mails; none: a word that reveals no therapy.
             */
            sender_name?: string | null | "";
            /**
             * Strike Limit
             * @description Strikes after which a client is flagged or suspended.
             */
            strike_limit?: number;
            /**
             * Strike Window Days
             * @description Days in which a strike counts.
             */
            strike_window_days?: number;
            /**
             * Suspended Can Sign In
             * @description Whether a suspended client may sign in and read their sessions.
             */
            suspended_can_sign_in?: boolean;
            /**
             * Therapist Mails
             * @description The mails that the practice's therapists get.
             */
            therapist_mails?: ("late-cancellation" | "limit-reached" | "registered" | "regular-asked" | "conflict" | "friday" | "digest" | "bounced")[];
            /**
             * Timezone
             * @description The IANA time zone of the hours.
             * @example America/New_York
             */
            timezone?: string;
        };
        /**
         * SignedIn
         * @description The login that makes the request.
         */
        SignedIn: {
            /**
             * Login Id
             * @description The login's id.
             */
            login_id: string;
            /**
             * Name
             * @description The name of who is signed in.
             */
            name: string;
            /**
             * Role
             * @description What the login may do.
             * @enum {string}
             */
            role: "therapist" | "office";
        };
        /**
         * Slot
         * @description A slot, for the therapist.
         */
        Slot: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string | null;
            /** @description The client who has the slot, or null. */
            client: components["schemas"]["NamedClient"] | null;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Note
             * @description A note for the therapist alone. It is left out for the office.
             */
            note?: string | null;
            /**
             * Prime
             * @description Whether slots of this time are held until their week is released.
             */
            prime: boolean;
            /**
             * Regular Id
             * @description The regular's id.
             */
            regular_id: string | null;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * State
             * @description Whether the slot is open to clients, held for its week's release, booked, or blocked.
             * @enum {string}
             */
            state: "open" | "held" | "booked" | "blocked";
        };
        /**
         * SlotRequest
         * @description The state to which the therapist sets a slot by hand.
         */
        SlotRequest: {
            /**
             * Note
             * @description A note for the therapist alone. It stays if it is left out, and null removes it.
             */
            note?: string | null;
            /**
             * State
             * @description The state that the slot gets.
             * @enum {string}
             */
            state: "held" | "open" | "blocked";
        };
        /**
         * Strikes
         * @description A client's strikes.
         */
        Strikes: {
            /**
             * Count
             * @description The strikes that count now.
             */
            count: number;
            /**
             * Limit
             * @description The number of strikes at which the client is flagged or suspended.
             */
            limit: number;
            /**
             * Window Days
             * @description The days for which a strike counts.
             */
            window_days: number;
        };
        /**
         * SwitchRequest
         * @description The switch of self-scheduling.
         */
        SwitchRequest: {
            /**
             * Enabled
             * @description Whether clients may book.
             */
            enabled: boolean;
            /**
             * Regulars Entered
             * @description Confirms that every regular is entered. Switching on requires it.
             * @default false
             */
            regulars_entered: boolean;
        };
        /**
         * Therapist
         * @description A practice, for the public.
         */
        Therapist: {
            /**
             * Accepting New Clients
             * @description Whether new clients may register now.
             */
            accepting_new_clients: boolean;
            /**
             * Booking Notice Hours
             * @description Hours before its start until which a slot may be booked.
             */
            booking_notice_hours: number;
            /**
             * Cancellation Notice Hours
             * @description A cancellation with fewer hours of notice is late.
             */
            cancellation_notice_hours: number;
            /**
             * Crisis Line
             * @description Whom to turn to in a crisis. Clients see it; without one they can't book or register.
             */
            crisis_line: string | null;
            /**
             * Language
             * @description The language of clients who have chosen none.
             * @enum {string}
             */
            language: "en" | "es";
            /**
             * Name
             * @description The practice's name, shown to clients.
             */
            name: string;
            /**
             * Office Phone
             * @description The number that clients are told to call.
             */
            office_phone: string | null;
            /**
             * Phone Note
             * @description Shown with the phone, such as when the office calls back.
             */
            phone_note: string | null;
            /**
             * Privacy Url
             * @description The https address of the practice's privacy notice.
             */
            privacy_url: string | null;
            /**
             * Self Scheduling
             * @description Whether clients may book.
             */
            self_scheduling: boolean;
            /**
             * Timezone
             * @description The IANA time zone of the hours.
             */
            timezone: string | null;
        };
        /**
         * TherapistsAppointment
         * @description An appointment, for the therapist, or in part for the office. For the office its `status` says neither that a cancellation was late nor that a session was missed.
         */
        TherapistsAppointment: {
            /**
             * Appointment Id
             * @description The appointment's id.
             */
            appointment_id: string;
            /**
             * Cancel Free Until
             * @description Until when cancelling is not late; null once the appointment has ended.
             */
            cancel_free_until: string | null;
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * End
             * Format: date-time
             * @description When the slot ends.
             */
            end: string;
            /**
             * Ended At
             * @description When it was cancelled or moved, or null. It is left out for the office.
             */
            ended_at?: string | null;
            /**
             * Ended By
             * @description Who cancelled or moved it; null if nobody did.
             */
            ended_by: ("client" | "therapist") | null;
            /**
             * Made At
             * Format: date-time
             * @description When it was booked. It is left out for the office.
             */
            made_at?: string;
            /**
             * Message
             * @description What the therapist told the clients of the time off for which it was cancelled.
             */
            message: string | null;
            /**
             * Notice Hours
             * @description The notice with which it was cancelled or moved, in hours, rounded down to a tenth. It is left out for the office.
             */
            notice_hours?: number | null;
            /**
             * Regular
             * @description Whether it belongs to a regular.
             */
            regular: boolean;
            /**
             * Sequence
             * @description How often the session was moved.
             */
            sequence: number;
            /**
             * Slot Id
             * @description The slot's id, which is its start in UTC.
             */
            slot_id: string;
            /**
             * Start
             * Format: date-time
             * @description When the slot starts: an instant, or the local time of day.
             */
            start: string;
            /**
             * Status
             * @description What has become of the appointment. It stays `booked` when the session was kept.
             * @enum {string}
             */
            status: "booked" | "cancelled" | "late_cancelled" | "moved" | "no_show";
            /**
             * Strike
             * @description Whether it counts as a strike. It is left out for the office.
             */
            strike?: boolean;
            /**
             * Time Off Id
             * @description The id of the time off for which it was cancelled. It is left out for the office.
             */
            time_off_id?: string | null;
            /**
             * Uid
             * @description By which calendars recognize the session, also after it was moved.
             */
            uid: string;
            /**
             * Waived
             * @description Whether its strike was waived. It is left out for the office.
             */
            waived?: boolean;
        };
        /**
         * TherapistsEnded
         * @description The result of a cancellation or a move by the therapist or the office.
         */
        TherapistsEnded: {
            /** @description The new appointment after a move, or else the cancelled one. */
            appointment: components["schemas"]["TherapistsAppointment"];
            /**
             * Late
             * @description Whether the cancellation or move was late. It is left out for the office.
             */
            late?: boolean;
            /** @description The client's strikes. They are left out for the office. */
            strikes?: components["schemas"]["Strikes"];
        };
        /**
         * TimeOff
         * @description A span of time off.
         */
        TimeOff: {
            /**
             * Cancel Booked
             * @description Whether the sessions in it are cancelled. Otherwise they become conflicts.
             */
            cancel_booked: boolean;
            /**
             * From
             * Format: date-time
             * @description The beginning, inclusive.
             */
            from: string;
            /**
             * Message
             * @description What clients are told whose sessions are cancelled.
             */
            message: string | null;
            /**
             * Note
             * @description A note for the therapist alone.
             */
            note: string | null;
            /**
             * Notice
             * @description What clients see on their page while the time off lasts.
             */
            notice: string | null;
            /**
             * Time Off Id
             * @description The id of the time off.
             */
            time_off_id: string;
            /**
             * To
             * Format: date-time
             * @description The end, exclusive.
             */
            to: string;
        };
        /**
         * TimeOffRequest
         * @description The span of time off, and what happens to its sessions.
         */
        TimeOffRequest: {
            /**
             * Cancel Booked
             * @description Whether the sessions in it are cancelled. Otherwise they become conflicts.
             * @default false
             */
            cancel_booked: boolean;
            /**
             * From
             * Format: date-time
             * @description The beginning, inclusive.
             */
            from: string;
            /**
             * Message
             * @description What clients are told whose sessions are cancelled.
             */
            message?: string | null;
            /**
             * Note
             * @description A note for the therapist alone.
             */
            note?: string | null;
            /**
             * Notice
             * @description What clients see on their page while the time off lasts.
             */
            notice?: string | null;
            /**
             * Notify
             * @description Whether the clients concerned are told.
             * @default true
             */
            notify: boolean;
            /**
             * To
             * Format: date-time
             * @description The end, exclusive.
             */
            to: string;
        };
        /**
         * TimeOffResult
         * @description Time off, the appointments that were cancelled for it, and its conflicts.
         */
        TimeOffResult: {
            /**
             * Call
             * @description The clients of the cancelled sessions whom mail won't reach in time, soonest first.
             */
            call: components["schemas"]["Call"][];
            /**
             * Cancel Booked
             * @description Whether the sessions in it are cancelled. Otherwise they become conflicts.
             */
            cancel_booked: boolean;
            /**
             * Cancelled
             * @description The sessions that were cancelled for it. They stay cancelled when it is given back.
             */
            cancelled: components["schemas"]["NamedAppointment"][];
            /**
             * Conflicts
             * @description The conflicts that nobody has settled.
             */
            conflicts: components["schemas"]["Conflict"][];
            /**
             * From
             * Format: date-time
             * @description The beginning, inclusive.
             */
            from: string;
            /**
             * Message
             * @description What clients are told whose sessions are cancelled.
             */
            message: string | null;
            /**
             * Note
             * @description A note for the therapist alone.
             */
            note: string | null;
            /**
             * Notice
             * @description What clients see on their page while the time off lasts.
             */
            notice: string | null;
            /**
             * Time Off Id
             * @description The id of the time off.
             */
            time_off_id: string;
            /**
             * To
             * Format: date-time
             * @description The end, exclusive.
             */
            to: string;
        };
        /**
         * UpcomingRelease
         * @description What the next release will open, and which usual clients have no session that week.
         */
        UpcomingRelease: {
            /**
             * Due
             * @description Whether the release's time has passed; it then runs within the hour.
             */
            due: boolean;
            /**
             * Next At
             * Format: date-time
             * @description When the next release runs. It is in the past only while `due` is true.
             */
            next_at: string;
            /**
             * Week
             * @description The week that will be released.
             */
            week: string;
            /**
             * Will Open
             * @description The held slots that will open.
             */
            will_open: components["schemas"]["Opening"][];
            /**
             * Without Session
             * @description The usual clients without a session in that week.
             */
            without_session: components["schemas"]["WithoutSession"][];
        };
        /**
         * UserPool
         * @description Where one kind of user signs in.
         */
        UserPool: {
            /**
             * Client Id
             * @description The id of the app client with which to sign in.
             */
            client_id: string;
            /**
             * User Pool Id
             * @description The id of the Cognito user pool.
             */
            user_pool_id: string;
        };
        /**
         * WithoutSession
         * @description A usual client without a session in a week.
         */
        WithoutSession: {
            /**
             * Client Id
             * @description The client's id.
             */
            client_id: string;
            /**
             * Last Session
             * @description When the last session started that the client kept in the past twenty weeks, or null.
             */
            last_session: string | null;
            /**
             * Name
             * @description The client's name.
             */
            name: string;
            /**
             * Phone
             * @description The client's phone number.
             */
            phone: string | null;
            /** @description The client's regular that falls on the week, given up or not; null for none. */
            regular: components["schemas"]["RegularTime"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The id of the request, which a refusal and the logs contain, too. */
        "Apigw-Requestid": string;
        /** @description How long the response may be kept. */
        "Cache-Control": string;
        /** @description What the page may load, and who may embed it. */
        "Content-Security-Policy": string;
        /** @description Whether other sites may load the file. */
        "Cross-Origin-Resource-Policy": string;
        /** @description The version: of the settings and hours, to be sent in `If-Match`, or of a week or a file, to be sent in `If-None-Match`. */
        ETag: string;
        /** @description The path of what was created. */
        Location: string;
        /** @description What the page never asks of a browser. */
        "Permissions-Policy": string;
        /** @description That no address is passed on. */
        "Referrer-Policy": string;
        /** @description The seconds after which to try again. */
        "Retry-After": string;
        /** @description That the site is reached over TLS alone. */
        "Strict-Transport-Security": string;
        /** @description The request's headers on which the response depends. */
        Vary: string;
        /** @description The scheme `Bearer`, and in some cases what is wrong with the token. */
        "WWW-Authenticate": string;
        /** @description That the media type is to be believed. */
        "X-Content-Type-Options": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    read_home_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page itself. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The page has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    list_appointments: {
        parameters: {
            query?: {
                /** @description Where the page begins: the `next` of the page before it. */
                cursor?: string;
                /** @description Past appointments instead of coming ones. */
                past?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A page of appointments. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointments"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    book_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookingRequest"];
            };
        };
        responses: {
            /** @description Done. An appointment, for the client. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            /** @description Created. An appointment, for the client. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description - `forbidden`: The token is for another role, or its login may not do this.
             *     - `privilege-suspended`: The client has lost the right to self-schedule.
             *     - `self-scheduling-off`: The therapist has not switched self-scheduling on.
             */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden" | "/problems/privilege-suspended" | "/problems/self-scheduling-off";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `slot-taken`: The slot is booked, held or blocked. A client is not told which.
             *     - `too-soon`: The slot starts within the practice's booking notice.
             *     - `weekly-limit`: The client has as many sessions in that week as are allowed.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/slot-taken" | "/problems/too-soon" | "/problems/weekly-limit";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. An appointment, for the client. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appointment"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    cancel_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The result of a cancellation or a move. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ended"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description - `forbidden`: The token is for another role, or its login may not do this.
             *     - `privilege-suspended`: The client has lost the right to self-schedule.
             */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden" | "/problems/privilege-suspended";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `already-started`: The session has started. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    move_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookingRequest"];
            };
        };
        responses: {
            /** @description Done. The result of a cancellation or a move. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ended"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description - `forbidden`: The token is for another role, or its login may not do this.
             *     - `privilege-suspended`: The client has lost the right to self-schedule.
             *     - `self-scheduling-off`: The therapist has not switched self-scheduling on.
             */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden" | "/problems/privilege-suspended" | "/problems/self-scheduling-off";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-client" | "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `slot-taken`: The slot is booked, held or blocked. A client is not told which.
             *     - `too-soon`: The slot starts within the practice's booking notice.
             *     - `weekly-limit`: The client has as many sessions in that week as are allowed.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/slot-taken" | "/problems/too-soon" | "/problems/weekly-limit";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file itself. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    Vary: components["headers"]["Vary"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                    "text/css": string;
                    "text/javascript": string;
                };
            };
            /** @description The file has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    Vary: components["headers"]["Vary"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such file. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    read_booking_page: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The practice's id. */
                therapist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page itself. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The page has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No practice has this address. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description The page that asks to try again. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    read_config: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. Where to sign in. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_console_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page itself. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The page has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    read_mail_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page itself. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The page has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Content-Security-Policy": components["headers"]["Content-Security-Policy"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    read_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A client, for the client, with upcoming appointments and what clients know of the practice. Notice is in hours, grace in minutes. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    change_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreferencesPatch"];
            };
        };
        responses: {
            /** @description Done. What a client has chosen for themselves. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    request_regular: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskedRegularRequest"];
            };
        };
        responses: {
            /** @description Done. What a client asks for. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedRegularResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description - `forbidden`: The token is for another role, or its login may not do this.
             *     - `privilege-suspended`: The client has lost the right to self-schedule.
             *     - `self-scheduling-off`: The therapist has not switched self-scheduling on.
             */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden" | "/problems/privilege-suspended" | "/problems/self-scheduling-off";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-regular`: The session is a regular's, so it repeats already.
             *     - `already-started`: The session has started.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-regular" | "/problems/already-started";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    withdraw_regular_request: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. What a client asks for. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedRegularResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description - `forbidden`: The token is for another role, or its login may not do this.
             *     - `privilege-suspended`: The client has lost the right to self-schedule.
             */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden" | "/problems/privilege-suspended";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_document: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file itself. This OpenAPI document. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    Vary: components["headers"]["Vary"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            /** @description The file has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    Vary: components["headers"]["Vary"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such file. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
    read_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The practice: its settings, and who is signed in. Notice is in hours, grace in minutes. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Practice"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the settings as they were read. Others are refused as `stale`. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsPatch"];
            };
        };
        responses: {
            /** @description Done. A practice's settings. Notice is in hours, grace in minutes. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `zone-in-use`: The time zone can't change while a future slot is booked. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/zone-in-use";
                    };
                };
            };
            /** @description - `stale`: The settings have changed since they were read. */
            412: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/stale";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    book_for_client: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BookingForClientRequest"];
            };
        };
        responses: {
            /** @description Done. An appointment, for the therapist, or in part for the office. For the office its `status` says neither that a cancellation was late nor that a session was missed. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsAppointment"];
                };
            };
            /** @description Created. An appointment, for the therapist, or in part for the office. For the office its `status` says neither that a cancellation was late nor that a session was missed. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsAppointment"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `slot-taken`: The slot is booked, held or blocked. A client is not told which.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/slot-taken";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_client_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. An appointment, for the therapist, or in part for the office. For the office its `status` says neither that a cancellation was late nor that a session was missed. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsAppointment"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    cancel_for_client: {
        parameters: {
            query?: {
                /** @description In whose name. */
                by?: components["schemas"]["Party"];
                /** @description Whether the client is told. */
                notify?: boolean;
                /** @description When the client said so, if that was before now. */
                told_at?: string;
            };
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The result of a cancellation or a move by the therapist or the office. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsEnded"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `already-started`: The session has started. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    confirm_appointment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. An appointment, for the therapist, or in part for the office. For the office its `status` says neither that a cancellation was late nor that a session was missed. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsAppointment"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `already-started`: The session has started. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    move_for_client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveForClientRequest"];
            };
        };
        responses: {
            /** @description Done. The result of a cancellation or a move by the therapist or the office. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsEnded"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-client" | "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `slot-taken`: The slot is booked, held or blocked. A client is not told which.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/slot-taken";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    mark_outcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The appointment's id. */
                appointment_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutcomeRequest"];
            };
        };
        responses: {
            /** @description Done. An appointment, for the therapist, or in part for the office. For the office its `status` says neither that a cancellation was late nor that a session was missed. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TherapistsAppointment"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-appointment`: There is no such appointment, or it can no longer be changed.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-appointment" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `not-started`: The session has not started, so it has no outcome yet. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/not-started";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_audit_log: {
        parameters: {
            query?: {
                /** @description Where the page begins: the `next` of the page before it. */
                cursor?: string;
                /** @description From when on: an instant with its offset, or a local date. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A page of the audit log. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditLog"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_calendar: {
        parameters: {
            query?: {
                /** @description The week. Left out: the current one. */
                week?: string;
            };
            header?: {
                /** @description The ETag of the answer that the caller has. 304 if it is still the same. */
                "if-none-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. One week of the calendar, from its Monday until before the next, by local date. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description It has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_clients: {
        parameters: {
            query?: {
                /** @description The discharged clients instead. */
                discharged?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. Every client, flagged ones first, or every discharged one. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clients"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    add_client: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientRequest"];
            };
        };
        responses: {
            /** @description Done. A client, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description Created. A client, for the therapist. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `known-client`: Another client has that login name. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/known-client";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_client: {
        parameters: {
            query?: {
                /** @description Where the page begins: the `next` of the page before it. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A client with a page of their whole history, newest first, and the cursor of the next. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientHistory"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    discharge_client: {
        parameters: {
            query?: {
                /** @description Whether the client is told. */
                notify?: boolean;
                /** @description Why the client is discharged. The client never sees it. */
                reason?: components["schemas"]["DischargeReason"];
            };
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A client, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    change_client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientPatch"];
            };
        };
        responses: {
            /** @description Done. A client, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    check_booking: {
        parameters: {
            query: {
                /** @description The slot's id, which is its start in UTC. */
                slot_id: string;
            };
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. Every reason against a client's booking of a slot. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookingCheck"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    invite_client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. A client, for the therapist. */
            202: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `known-client`: Another client has that login name. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/known-client";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    resume_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A client, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `mail-not-stopped`: Mail goes to the client already. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/mail-not-stopped";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    set_privilege: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrivilegeRequest"];
            };
        };
        responses: {
            /** @description Done. A client who was suspended or restored, with future appointments. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrivilegeChange"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    decline_regular_request: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A client, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-regular-request`: The client asks for no regular, or not any more.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-regular-request" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_client_slots: {
        parameters: {
            query?: {
                /** @description The first local date. Left out: today. */
                from?: string;
                /** @description The local date before which to stop. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. What a client sees of the open slots, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientOpenings"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    welcome_client: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client's id. */
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. A client, for the therapist. */
            202: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `before-mail-from`: The practice does not mail its clients yet.
             *     - `client-suspended`: The client is suspended, so they can't be told that they may book.
             *     - `mail-stopped`: Mail to the client came back, or was marked as unwanted.
             *     - `mail-unwanted`: The client wants no mail.
             *     - `no-address`: The client has no address.
             *     - `no-sender`: No address that sends mail is set up.
             *     - `not-invited`: The client has no login.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/before-mail-from" | "/problems/client-suspended" | "/problems/mail-stopped" | "/problems/mail-unwanted" | "/problems/no-address" | "/problems/no-sender" | "/problems/not-invited";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_conflicts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. Every conflict that nobody has settled. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conflicts"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_contacts_of_clients: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The clients' names and phones. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contacts"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    set_hours: {
        parameters: {
            query?: {
                /** @description The same answer, with nothing written. */
                preview?: boolean;
            };
            header?: {
                /** @description The ETag of the settings as they were read. Others are refused as `stale`. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoursRequest"];
            };
        };
        responses: {
            /** @description Done. The hours, the conflicts with them, and the sessions that end. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoursResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `stale`: The settings have changed since they were read. */
            412: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/stale";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_intake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. What decides now whether new clients may register. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Intake"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_logins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The logins of the practice. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logins"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    add_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginRequest"];
            };
        };
        responses: {
            /** @description Done. A login of the practice. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            /** @description Created. A login of the practice. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Login"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `known-login`: A login of the practice with another role has that address. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/known-login";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    remove_login: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The login's id. */
                login_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The logins of the practice. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Logins"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-login`: No such login of the practice.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-login" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `login-kept`: The login can't be removed: `why` says `own`, `first` or `last`. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/login-kept";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    preview_mail: {
        parameters: {
            query?: {
                /** @description The mail's language. Left out: the practice's. */
                language?: components["schemas"]["Language"];
            };
            header?: never;
            path: {
                /** @description What the mail tells. */
                kind: components["schemas"]["MailKind"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A mail as it is sent, with made-up people and times. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPreview"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_registrations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The returning registrations, oldest first. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registrations"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    dismiss_registration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The registration's id. */
                registration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The returning registrations, oldest first. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Registrations"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-registration`: No such returning registration.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-registration" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_regulars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. Every regular that has not ended, by weekday, start and client. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Regulars"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    add_regular: {
        parameters: {
            query?: {
                /** @description The same answer, with nothing written. */
                preview?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegularRequest"];
            };
        };
        responses: {
            /** @description Done. A regular, the slots that it occupies, those that it leaves out, and its conflicts. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegularResult"];
                };
            };
            /** @description Created. A regular, the slots that it occupies, those that it leaves out, and its conflicts. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegularResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `regular-conflict`: Two regulars would have the same slot. `week` is the first such week. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/regular-conflict";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_regular: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The regular's id. */
                regular_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A regular. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Regular"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-regular`: No such regular, or one that has ended.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-regular" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    change_regular: {
        parameters: {
            query?: {
                /** @description The same answer, with nothing written. */
                preview?: boolean;
            };
            header?: never;
            path: {
                /** @description The regular's id. */
                regular_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegularRequest"];
            };
        };
        responses: {
            /** @description Done. A regular, the slots that it occupies, those that it leaves out, and its conflicts. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegularResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-regular`: No such regular, or one that has ended.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-regular" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `regular-conflict`: Two regulars would have the same slot. `week` is the first such week. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/regular-conflict";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    end_regular: {
        parameters: {
            query?: {
                /** @description Whether the client is told. */
                notify?: boolean;
                /** @description The same answer, with nothing written. */
                preview?: boolean;
            };
            header?: never;
            path: {
                /** @description The regular's id. */
                regular_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A regular, the slots that it occupies, those that it leaves out, and its conflicts. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegularResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-regular`: No such regular, or one that has ended.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-regular" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    preview_release: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. What the next release will open, and which usual clients have no session that week. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpcomingRelease"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    release_week: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. What a release opened and published. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Released"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `not-ready`: Self-scheduling can't be switched on. `missing` names what is missing. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/not-ready";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    switch_self_scheduling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the settings as they were read. Others are refused as `stale`. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchRequest"];
            };
        };
        responses: {
            /** @description Done. A practice's settings. Notice is in hours, grace in minutes. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `not-ready`: Self-scheduling can't be switched on. `missing` names what is missing. */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/not-ready";
                    };
                };
            };
            /** @description - `stale`: The settings have changed since they were read. */
            412: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/stale";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    add_slot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtraRequest"];
            };
        };
        responses: {
            /** @description Created. A slot, for the therapist. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slot"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `overlap`: An extra opening would overlap another slot.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/overlap";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_slot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The slot's id, which is its start in UTC. */
                slot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A slot, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slot"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    set_slot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The slot's id, which is its start in UTC. */
                slot_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SlotRequest"];
            };
        };
        responses: {
            /** @description Done. A slot, for the therapist. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slot"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `slot-taken`: The slot is booked, held or blocked. A client is not told which.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/slot-taken";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    return_slot_to_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The slot's id, which is its start in UTC. */
                slot_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A slot returned to the plan. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReturnedSlot"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-slot`: No such slot in this calendar.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-slot" | "/problems/unknown-therapist";
                    };
                };
            };
            /**
             * @description - `already-started`: The session has started.
             *     - `slot-taken`: The slot is booked, held or blocked. A client is not told which.
             */
            409: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/already-started" | "/problems/slot-taken";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_time_off: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. All time off. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllTimeOff"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    take_time_off: {
        parameters: {
            query?: {
                /** @description The same answer, with nothing written. */
                preview?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TimeOffRequest"];
            };
        };
        responses: {
            /** @description Done. Time off, the appointments that were cancelled for it, and its conflicts. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeOffResult"];
                };
            };
            /** @description Created. Time off, the appointments that were cancelled for it, and its conflicts. */
            201: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeOffResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_time_off: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the time off. */
                time_off_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A span of time off. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeOff"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-therapist`: No such therapist.
             *     - `unknown-time-off`: No such time off.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist" | "/problems/unknown-time-off";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    end_time_off: {
        parameters: {
            query?: {
                /** @description The same answer, with nothing written. */
                preview?: boolean;
            };
            header?: never;
            path: {
                /** @description The id of the time off. */
                time_off_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. Time off, the appointments that were cancelled for it, and its conflicts. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeOffResult"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description - `forbidden`: The token is for another role, or its login may not do this. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden";
                    };
                };
            };
            /**
             * @description - `unknown-therapist`: No such therapist.
             *     - `unknown-time-off`: No such time off.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist" | "/problems/unknown-time-off";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    list_slots: {
        parameters: {
            query?: {
                /** @description The first local date. Left out: today. */
                from?: string;
                /** @description The local date before which to stop. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. The slots that a client may book now, and the time zone of their times. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Openings"];
                };
            };
            /** @description The token is missing, expired or not ours. A response of the API gateway itself. */
            401: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /**
             * @description - `forbidden`: The token is for another role, or its login may not do this.
             *     - `privilege-suspended`: The client has lost the right to self-schedule.
             *     - `self-scheduling-off`: The therapist has not switched self-scheduling on.
             */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/forbidden" | "/problems/privilege-suspended" | "/problems/self-scheduling-off";
                    };
                };
            };
            /**
             * @description - `unknown-client`: No such client, or one who has been discharged.
             *     - `unknown-therapist`: No such therapist.
             */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-client" | "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_therapist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The practice's id. */
                therapist_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. A practice, for the public. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Therapist"];
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    resend_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The practice's id. */
                therapist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationRequest"];
            };
        };
        responses: {
            /** @description Accepted. The answer to everyone who registers, asks for a first password or ends reminders. */
            202: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The practice's id. */
                therapist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegistrationRequest"];
            };
        };
        responses: {
            /** @description Accepted. The answer to everyone who registers, asks for a first password or ends reminders. */
            202: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description - `not-accepting`: Intake is closed, or the schedule is too full for new clients. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/not-accepting";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    confirm_registration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The practice's id. */
                therapist_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmationRequest"];
            };
        };
        responses: {
            /** @description Done. A confirmed registration. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Confirmed"];
                };
            };
            /** @description - `intake-full`: Intake has filled up since the registration that is confirmed. */
            403: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/intake-full";
                    };
                };
            };
            /** @description - `unknown-therapist`: No such therapist. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unknown-therapist";
                    };
                };
            };
            /** @description - `registration-expired`: The link of a registration has expired, or a newer one has replaced it. */
            410: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/registration-expired";
                    };
                };
            };
            /** @description - `unsupported-media-type`: The body is not JSON. */
            415: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/unsupported-media-type";
                    };
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    end_reminders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The token of a mailed link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted. The answer to everyone who registers, asks for a first password or ends reminders. */
            202: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Received"];
                };
            };
            /** @description - `invalid`: The request is malformed or out of bounds. `errors` says where. */
            422: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/invalid";
                    };
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
            /** @description Our mistake. */
            500: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description - `busy`: There is too much contention, or the database can't answer, just now. */
            503: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        type?: "/problems/busy";
                    };
                };
            };
        };
    };
    read_widget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file itself. */
            200: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    Vary: components["headers"]["Vary"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content: {
                    "text/javascript": string;
                };
            };
            /** @description The file has not changed. */
            304: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Cross-Origin-Resource-Policy": components["headers"]["Cross-Origin-Resource-Policy"];
                    ETag: components["headers"]["ETag"];
                    "Permissions-Policy": components["headers"]["Permissions-Policy"];
                    "Referrer-Policy": components["headers"]["Referrer-Policy"];
                    "Strict-Transport-Security": components["headers"]["Strict-Transport-Security"];
                    Vary: components["headers"]["Vary"];
                    "X-Content-Type-Options": components["headers"]["X-Content-Type-Options"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no such file. */
            404: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. A response of the API gateway itself. */
            429: {
                headers: {
                    "Apigw-Requestid": components["headers"]["Apigw-Requestid"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GatewayMessage"];
                };
            };
        };
    };
}
