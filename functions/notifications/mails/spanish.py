"""Spanish, with the polite form of address."""

from __future__ import annotations

from collections.abc import Mapping

from functions.notifications.mails.english import English


class Spanish(English):
    """What mails say."""

    entry_summary = "Cita"
    preview = "Los detalles están en este mensaje."

    confirmed = "Cita confirmada"
    changed = "Cita cambiada"
    cancelled = "Cita cancelada"
    cancelled_today = "La cita de hoy está cancelada"
    reminder = "Recordatorio de cita"
    about_appointments = "Sobre sus citas"
    confirm_address = "Confirme su correo electrónico, por favor"
    how_to_sign_in = "Cómo entrar"
    please_call = "Llámenos, por favor"

    hello_nobody = "Hola:"
    phone = "Teléfono"
    no_answers = "Nadie lee las respuestas a este mensaje. Llámenos, por favor."
    mail_choices = "En nuestra página puede elegir qué mensajes recibe."
    own_mail_choices = "En los ajustes de la consola puede elegir qué mensajes recibe."
    no_more_reminders = "No recibir más recordatorios"

    booked_title = "Su sesión está reservada"
    moved_title = "Su sesión tiene una nueva hora"
    moved_by_practice = (
        "Tuvimos que cambiarla. Si la nueva hora no le conviene, elija otra o llámenos."
    )
    cancelled_title = "Su sesión está cancelada"
    cancelled_as_asked = "Como usted pidió, esta sesión está cancelada."
    cancelled_by_practice = "Tuvimos que cancelar esta sesión. Lo sentimos."
    cancelled_mark = "Cancelada"
    tell_us = "Si se enfermó o pasó algo, díganoslo, por favor."
    reminder_title = "Su próxima sesión"
    cant_come = "Si no puede venir, llámenos, por favor."
    calendar_note = (
        "Responder «No» en su calendario no cancela la sesión. "
        "Para cancelarla, abra nuestra página o llámenos."
    )
    nearest_times = "Horas libres más cercanas"
    see_sessions = "Ver mis sesiones"
    move_or_cancel = "Cambiar o cancelar"
    choose_time = "Elegir otra hora"
    see_times = "Ver horas libres"

    regular_entered_title = "Su hora fija"
    regular_entered = "Desde ahora, esta hora está reservada para usted."
    regular_changed_title = "Su hora fija ha cambiado"
    regular_changed = "Desde ahora, la hora reservada para usted es esta."
    left_out = "Se omite"
    regular_ended_title = "Su hora fija termina"
    regular_ended = (
        "Esta hora ya no está reservada para usted. Siempre puede reservar sesiones sueltas."
    )
    sessions_stand = "Estas sesiones siguen reservadas"
    next_sessions = "Sus próximas sesiones"
    regular_declined_title = "La hora fija que pidió"
    regular_declined = (
        "Por ahora no es posible. Las sesiones que tiene reservadas siguen reservadas. "
        "Llámenos para encontrar otra hora."
    )

    call_to_book_title = "Llámenos para reservar"
    call_to_book = "Queremos buscar con usted su próxima hora. Sus horas fijas se mantienen."
    restored_title = "Ya puede volver a reservar en línea"
    restored = "Desde ahora puede reservar, cambiar y cancelar sus sesiones en nuestra página."
    discharged_title = "Su acceso ha terminado"
    discharged = (
        "Ya no puede reservar en nuestra página y no tiene más sesiones reservadas. "
        "Si desea hablar con nosotros, llámenos."
    )
    welcome_title = "Ya puede reservar sus sesiones en línea"
    welcome = (
        "En nuestra página ve sus sesiones y todas las horas libres. "
        "Allí puede reservar, cambiar y cancelar. Entre con esta dirección de correo."
    )
    open_page = "Abrir la página"

    confirm_title = "Confirme su dirección, por favor"
    confirm = (
        "Alguien, probablemente usted, quiere registrarse con esta dirección. "
        "Para continuar, abra este enlace. Es válido durante 72 horas."
    )
    confirm_action = "Confirmar esta dirección"
    confirm_ignore = "Si no fue usted, no haga nada. No se registrará a nadie."
    already_known_title = "Usted ya puede entrar"
    already_known = (
        "Alguien, probablemente usted, quiere registrarse con esta dirección. "
        "Ya tiene acceso: abra nuestra página y entre. "
        "Si ya no tiene su contraseña, elija allí «No puedo entrar»."
    )
    please_call_text = "Llámenos, por favor: encontraremos una hora juntos."

    invitation_subject = "Su primera contraseña"
    invitation_title = "Ya puede entrar"
    invitation = "En nuestra página ve sus sesiones y todas las horas libres. Entre con:"
    sign_in_name = "Correo o nombre de acceso"
    invitation_code = "Primera contraseña"
    invitation_lasts = (
        "Al entrar, usted elige una contraseña propia. La primera es válida durante 7 días. "
        "Después, elija «No puedo entrar» en nuestra página."
    )
    code_subject = "Su código para una nueva contraseña"
    code_title = "Elija una nueva contraseña"
    code = (
        "Alguien, probablemente usted, pidió una nueva contraseña. "
        "Escriba este código donde la pidió:"
    )
    code_name = "Código"
    code_lasts = (
        "Es válido durante una hora. Si no fue usted, no haga nada. Su contraseña no cambia."
    )
    login_invitation = "En la consola ve el calendario de la consulta. Entre con:"
    login_invitation_lasts = (
        "Al entrar, usted elige una contraseña propia. La primera es válida durante 7 días. "
        "Después, pida otra."
    )
    login_practice = "Consulta"

    somebody = "Una persona"
    short_notice_subject = "Cita cancelada con poca antelación"
    short_notice_text = "Si no debe contar, elija «Dejar pasar» en la consola."
    limit_subject = "Una persona ha llegado al límite"
    limit_text = "La consola muestra el historial y lo que resulta de sus ajustes."
    registered_subject = "Alguien se ha registrado"
    full_subject = "Hoy no hay más registros"
    full_text = (
        "Hoy pidieron registrarse tantas personas como permiten sus ajustes. Otras pueden pedirlo "
        "mañana. Si esperaba menos, mire la consola."
    )
    registered_text = "La consola muestra quién es y cómo encontrarle."
    asked_subject = "Una solicitud de hora fija"
    asked_text = "Puede aceptarla o rechazarla en la consola."
    conflict_subject = "El calendario necesita una decisión"
    conflict_text = (
        "Algo que el calendario prevé coincide con una sesión. "
        "La consola muestra ambas cosas y lo que puede hacer."
    )
    friday_subject = "Lo que se abre hoy"
    friday_text = "Hasta entonces puede reservar estas horas para alguien o guardarlas."
    friday_nothing = "Hoy no se abre ninguna hora."
    opening_times = "Se abren estas horas"
    without_session = "Clientes habituales sin sesión esa semana"
    digest_subject = "Su día"
    digest_nothing = "Hoy no tiene sesiones."
    todays_sessions = "Sesiones de hoy"
    since_yesterday = "Desde ayer"
    bounced_subject = "Una dirección no recibe nuestro correo"
    bounced_text = (
        "No enviamos más correo a esa dirección. Pida la correcta, por favor. "
        "En la consola puede cambiarla o volver a intentarlo."
    )
    unwanted_subject = "Alguien no desea más correo nuestro"
    unwanted_text = (
        "Ha marcado uno de nuestros mensajes como no deseado, así que no enviamos más. "
        "Pregunte cómo puede contactar con esa persona. Si vuelve a querer correo, inténtelo de "
        "nuevo en la consola."
    )
    affected = "De quién es la dirección"
    open_console = "Abrir la consola"
    figures: Mapping[str, str] = {
        "opens": "Horas que se abren",
        "booked": "Reservadas",
        "moved": "Cambiadas",
        "cancelled": "Canceladas",
        "registered": "Nuevos registros",
        "conflicts": "Decisiones pendientes",
    }

    def hello(self, name: str) -> str:
        """Greet somebody."""
        return f"Hola, {name}:"

    def minutes(self, count: int) -> str:
        """Write a length."""
        return f"{count} minutos"

    def whole_username(self, name: str) -> str:
        """Say what the system calls a sign-in."""
        return f"Guardamos este acceso con el nombre {name}. No hace falta escribirlo entero."

    def zone(self, name: str) -> str:
        """Say in which zone the times are."""
        return f"Zona horaria: {name}."

    def free_until(self, when: str) -> str:
        """Say until when a session can be moved or cancelled freely."""
        stop = "" if when.endswith(".") else "."
        return f"Puede cambiarla o cancelarla libremente hasta el {when}{stop}"

    def before(self, when: str) -> str:
        """Say when a moved session was before."""
        stop = "" if when.endswith(".") else "."
        return f"Antes era el {when}{stop}"

    def rhythm(self, weeks: int, weekday: str) -> str:
        """Write how often a regular repeats."""
        if weeks == 1:
            return f"Cada {weekday}"
        return f"Cada {('dos', 'tres', 'cuatro')[weeks - 2]} semanas, el {weekday}"

    def from_day(self, day: str) -> str:
        """Say when a regular begins."""
        return f"Desde el {day}"

    def until_day(self, day: str) -> str:
        """Say when a regular ends."""
        return f"Hasta el {day}"

    def cancelled_at_short_notice(self, who: str) -> str:
        """Title the mail of a cancellation."""
        return f"{who} canceló con poca antelación"

    def has_reached_limit(self, who: str) -> str:
        """Title the mail of a client's limit."""
        return f"{who} ha llegado al límite de cambios con poca antelación"

    def has_registered(self, who: str) -> str:
        """Title the mail of a registration."""
        return f"{who} se ha registrado"

    def asks_for_regular(self, who: str) -> str:
        """Title the mail of a request."""
        return f"{who} pide una hora fija"
