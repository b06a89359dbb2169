"""Pages of people for administrators: the list, an invitation, one person, a person who leaves."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from qitracker.foundation.errors import NotAllowed
from qitracker.foundation.permissions import Permission, Role
from qitracker.foundation.words import say
from qitracker.people import commands, mail, queries
from qitracker.people.commands import Invited
from qitracker.people.forms import InviteForm, PersonForm, RoleForm
from qitracker.people.queries.people_pages import people_page, person_page
from qitracker.people.views.blueprints import people_bp
from qitracker.web.actors import current_actor
from qitracker.web.answers import answer, go_on, tell
from qitracker.web.filters import reader
from qitracker.web.installation import settings, today

LINK = "invitation_link"  # shown once, to the administrator who made it


@people_bp.get("/people")
def index() -> str:
    """List the people of a unit, or all; found by name or address."""
    by = current_actor()
    page = people_page(by=by, unit=request.args.get("unit") or None, search=request.args.get("search", ""))
    units = queries.visible_units(by, Permission.PEOPLE_MANAGE, on=today())
    return render_template("people/index.html", page=page, units=units)


@people_bp.route("/people/invite", methods=["GET", "POST"])
def invite() -> ResponseReturnValue:
    """Invite a person into a role."""
    by, form, own = current_actor(), InviteForm(), settings()
    units = queries.visible_units(by, Permission.PEOPLE_MANAGE, on=today())
    if not units:
        raise NotAllowed(say("People are invited by administrators. Ask one to invite the person you have in mind."))
    form.offer(units)
    if not form.is_submitted():
        form.unit.data = next((unit.id for unit in units if unit.slug == request.args.get("unit")), None)

    def deed() -> Invited:
        return commands.invite_person(
            by=by,
            name=form.name.data,
            email=form.email.data,
            discipline=form.discipline.data or "",
            role=Role(form.role.data),
            unit_id=form.unit.data,
            days=own.invitation_days,
            sure=form.sure.data or "",
        )

    def then(invited: Invited) -> ResponseReturnValue:
        hand_out(invited)
        return go_on(url_for("people.show", user_id=invited.user_id))

    return answer(
        form,
        deed=deed,
        then=then,
        page=lambda: render_template("people/invite.html", form=form),
    )


def hand_out(invited: Invited) -> None:
    """Mail the link, or keep it for the administrator's next page when there is no mail or it was not taken."""
    own = settings()
    if invited.token is None:
        tell(say("The role is added. {name} had an account already and keeps it.", name=invited.name))
        return
    link = own.address + url_for("people.take_up", token=invited.token)
    if own.mail_server:
        subject = say("Your account at {place}", place=own.name)
        body = say(
            "Hello {name},\n\nset your password here, once, before {day}:\n\n{link}\n\n"
            "If you did not expect this, do nothing.",
            name=invited.name,
            day=invited.expires_at,
            link=link,
        )
        try:
            mail.send(own, to=invited.email, subject=reader().say(subject), body=reader().say(body))
        except mail.MailNotSent:
            tell(say("The mail could not be sent. Give {name} the link below yourself.", name=invited.name))
        else:
            tell(say("The link is on its way to {email}.", email=invited.email))
            return
    session[LINK] = {"user_id": invited.user_id, "link": link}


@people_bp.route("/people/<int:user_id>", methods=["GET", "POST"])
def show(user_id: int) -> ResponseReturnValue:
    """Show one person; a form gives a further role."""
    by, form = current_actor(), RoleForm()
    form.offer(queries.visible_units(by, Permission.PEOPLE_MANAGE, on=today()))
    page = person_page(by=by, user_id=user_id)
    kept = session.pop(LINK, None)
    link = kept["link"] if kept and kept["user_id"] == user_id else None
    return answer(
        form,
        deed=lambda: commands.grant_role(by=by, user_id=user_id, role=Role(form.role.data), unit_id=form.unit.data),
        then=lambda _: go_on(url_for("people.show", user_id=user_id), say("The role is added.")),
        page=lambda: render_template("people/person.html", page=page, form=form, link=link),
    )


@people_bp.route("/people/<int:user_id>/edit", methods=["GET", "POST"])
def edit(user_id: int) -> ResponseReturnValue:
    """Change a person's name, address and discipline."""
    by, page = current_actor(), person_page(by=current_actor(), user_id=user_id)
    queries.must_reach_whole(page.row.person, by=by)
    person = page.row.person
    form = PersonForm(
        data={"name": person.name, "email": person.email, "discipline": person.discipline, "seen": person.version}
    )

    def deed() -> None:
        commands.change_person(
            by=by,
            user_id=user_id,
            seen=form.seen.data,
            name=form.name.data,
            email=form.email.data,
            discipline=form.discipline.data or "",
        )

    return answer(
        form,
        deed=deed,
        then=lambda _: go_on(url_for("people.show", user_id=user_id), say("{name} is saved.", name=form.name.data)),
        page=lambda: render_template("people/person_edit.html", page=page, form=form),
    )


@people_bp.post("/people/<int:user_id>/invitation")
def renew(user_id: int) -> ResponseReturnValue:
    """Make a new one-time link."""
    invited = commands.renew_invitation(by=current_actor(), user_id=user_id, days=settings().invitation_days)
    hand_out(invited)
    return redirect(url_for("people.show", user_id=user_id), code=303)
