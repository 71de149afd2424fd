"""The container, the composition and the service fit the project: their paths, settings, commands and rights."""

import configparser
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from bot.board.board_poller import MAX_VIEWERS_IN_TOTAL
from bot.cli import parser
from bot.config import Settings, read_settings
from bot.files import RESERVED
from bot.store.membership import OLDEST_VERSION

ROOT = Path(__file__).parents[1]
SETTINGS = {f"BOT_{name.upper()}" for name in Settings.model_fields}
UNIT = "deploy/quiz-bot.service"
OWN = re.compile(r"\$\{(BOT_\w+)")
FILES = ("Dockerfile", "compose.yaml", UNIT)
TOKEN = "1:test"  # noqa: S105 - opens nothing
# Letters and digits, as the page for operators makes them: an address takes them as they are.
PASSWORD = "0123abcd"  # noqa: S105 - opens nothing


def read(name: str) -> str:
    """Give the text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def instructions(name: str) -> list[str]:
    """Give the instructions of the Dockerfile with this name, each in one line."""
    lines = re.sub(r"\\\n\s*", "", read("Dockerfile")).splitlines()
    return [line.removeprefix(name).strip() for line in lines if line.startswith(f"{name} ")]


def copied() -> list[str]:
    """Give what the image takes from the project."""
    return [path for words in instructions("COPY") if "--from" not in words for path in words.split()[:-1]]


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    """Give the services of the composition."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(read("compose.yaml"))["services"]
    return found


@pytest.fixture
def bots(services: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Give those services of the composition that are the bot."""
    return [one for name, one in services.items() if name != "database"]


@pytest.fixture
def service() -> dict[str, list[str]]:
    """Give the directives of the service, each with its values."""
    unit = configparser.RawConfigParser(dict_type=Gathering, strict=False, comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(read(UNIT))
    return {name: value.splitlines() for name, value in unit["Service"].items()}


class Gathering(dict[str, Any]):
    """Gathers the values of a directive that is given several times, as systemd does."""

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - configparser's own
        if isinstance(value, list) and key in self:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


@pytest.mark.parametrize("name", FILES)
def test_every_setting_that_is_named_exists(name: str) -> None:
    """No file to run the bot with names a setting that the bot does not have."""
    named = set(re.findall(r"BOT_[A-Z_]+", read(name)))
    assert named
    assert named - SETTINGS == set()


def test_the_image_is_built_from_what_is_there() -> None:
    """Every path that is copied exists and is let through to the builder, and nothing else is."""
    ignored = read(".dockerignore").splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied())
    assert [path for path in copied() if not (ROOT / path).exists()] == []


def test_the_image_has_what_the_package_is_built_from() -> None:
    """The files that pyproject.toml names come along."""
    project = tomllib.loads(read("pyproject.toml"))
    named = {project["project"]["readme"], *project["project"]["license-files"]}
    assert named | set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(copied())


def test_the_image_has_locked_packages_alone() -> None:
    """Whatever is installed has its hash in the lock, but the program itself, which brings nothing along."""
    installs = [words for line in instructions("RUN") for words in line.split("&&") if "pip install" in words]
    assert ["--require-hashes" in words or "--no-deps" in words for words in installs] == [True, True, True]
    assert "-r /src/requirements.lock" in installs[0]


def test_what_builds_the_image_is_locked() -> None:
    """The program is built by what build.lock has with hashes, at versions that pyproject.toml allows, and no other."""
    (build,) = [words for line in instructions("RUN") for words in line.split("&&") if "pip wheel" in words]
    assert "--no-build-isolation" in build
    assert "--no-deps" in build
    locks = [words for line in instructions("RUN") for words in line.split("&&") if "-r /src/build.lock" in words]
    assert ["--require-hashes" in words for words in locks] == [True]
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", read("build.lock"), re.MULTILINE))
    needed = [Requirement(one) for one in tomllib.loads(read("pyproject.toml"))["build-system"]["requires"]]
    assert [one for one in needed if one.name not in locked or locked[one.name] not in one.specifier] == []
    assert read("build.lock").count("--hash=") >= len(locked)
    assert "://" not in read("build.lock")


def test_the_image_builds_with_the_sample_bank() -> None:
    """The files that the package takes from elsewhere are where the program is built."""
    forced = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    (line,) = [words for words in instructions("COPY") if "pyproject.toml" in words]
    assert set(forced) <= set(line.split())


def test_a_fault_of_one_service_leaves_the_rest_of_the_computer(services: dict[str, dict[str, Any]]) -> None:
    """Each service has a limit of memory and of processes, with room for PostgreSQL's connections."""
    for one in services.values():
        assert one["mem_limit"] in {"512m", "1g", "2g"}
        assert 128 <= one["pids_limit"] <= 1024


def test_the_image_has_a_python_that_the_program_knows() -> None:
    """The image's Python is one that pyproject.toml allows."""
    wanted = SpecifierSet(tomllib.loads(read("pyproject.toml"))["project"]["requires-python"])
    versions = re.findall(r"^FROM python:([\d.]+)-slim", read("Dockerfile"), re.MULTILINE)
    assert len(versions) == 2
    assert len(set(versions)) == 1
    assert versions[0] in wanted


def test_the_image_runs_the_bot_as_an_ordinary_user() -> None:
    """The user is told by a number that is not root's, and the folder that is written is a volume of that user."""
    (user,), (folder,) = instructions("USER"), instructions("VOLUME")
    assert user.isdecimal()
    assert int(user) > 1000
    assert any(
        f"--uid {user}" in line and f"install -d -o bot -g bot -m 700 {folder}" in line for line in instructions("RUN")
    )
    assert instructions("WORKDIR") == [folder]


def test_the_image_starts_the_bot() -> None:
    """What the image runs is a command of the program, with settings that the program takes."""
    (entry,), (command,) = (yaml.safe_load(words) for words in (*instructions("ENTRYPOINT"), *instructions("CMD")))
    assert entry == "bot"
    assert parser().parse_args([command] if isinstance(command, str) else command)
    given = dict(re.findall(r"BOT_([A-Z_]+)=(\S+)", read("Dockerfile")))
    settings = read_settings(token=TOKEN, **{name.lower(): value for name, value in given.items()})
    assert any(words.endswith(f" {settings.bank}") for words in instructions("COPY"))
    assert settings.database_url == f"sqlite:///{instructions('VOLUME')[0]}/bot.sqlite3"


def test_the_composition_gives_settings_that_the_bot_takes(services: dict[str, dict[str, Any]]) -> None:
    """With a token and a password filled in, the settings of the composition are valid and lead to its database."""
    filled = {
        name: re.sub(r"\$\{(\w+):[?-]([^}]*)\}", fill, value) for name, value in services["bot"]["environment"].items()
    }
    # What comes from outside keeps its name, and counts as not set where it is empty.
    assert all(found == name for name, value in services["bot"]["environment"].items() for found in OWN.findall(value))
    settings = read_settings(**{name.removeprefix("BOT_").lower(): value for name, value in filled.items() if value})
    database = services["database"]["environment"]
    user, name = database["POSTGRES_USER"], database["POSTGRES_DB"]
    assert settings.database_url == f"postgresql://{user}:{PASSWORD}@database/{name}"
    assert settings.board_address == ("0.0.0.0", 8080)  # noqa: S104 - in the container


def test_the_composed_bots_are_two_and_alike(bots: list[dict[str, Any]]) -> None:
    """They differ in nothing but the port of this computer at which a proxy finds what each of them serves."""
    assert [one.pop("ports") for one in bots] == [["127.0.0.1:8080:8080"], ["127.0.0.1:8081:8080"]]
    assert bots[0] == bots[1]
    assert all(f"127.0.0.1:{port}" in read("docs/operate.md") for port in (8080, 8081))


def fill(found: re.Match[str]) -> str:
    """Fill in a variable of the composition; one that must be set has a sentence in the place of a default."""
    secrets = {"BOT_TOKEN": TOKEN, "POSTGRES_PASSWORD": PASSWORD}
    return secrets.get(found[1], found[2])


def test_the_page_for_operators_fills_in_what_must_be_set() -> None:
    """Every variable without which the composition does not start is in the command that makes its file."""
    needed = set(re.findall(r"\$\{(\w+):\?", read("compose.yaml")))
    (line,) = re.findall(r"^printf '(.*?)'", read("docs/operate.md"), re.MULTILINE)
    assert set(re.findall(r"([A-Z_]+)=%s", line)) == needed


def test_the_composed_bot_may_write_next_to_nothing(
    services: dict[str, dict[str, Any]], bots: list[dict[str, Any]]
) -> None:
    """File systems are read-only but for a passing /tmp and the data, and nobody gains rights."""
    for one in services.values():
        assert one["read_only"]
        assert "/tmp" in one["tmpfs"]  # noqa: S108 - in the container
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert one["restart"] == "always"
    for bot in bots:
        assert bot["cap_drop"] == ["ALL"]
        assert [volume for volume in bot["volumes"] if not volume.endswith(":ro")] == []
        assert bot["volumes"][0].split(":")[1] in read("Dockerfile")


def test_the_composed_bot_is_asked_how_it_is(services: dict[str, dict[str, Any]]) -> None:
    """The container's health is a command of the program."""
    how, program, *words = services["bot"]["healthcheck"]["test"]
    assert (how, program) == ("CMD", "bot")
    assert parser().parse_args(words)


def test_the_composition_has_a_database_that_is_fit(services: dict[str, dict[str, Any]]) -> None:
    """Several processes can share it, its data outlive the container, and the bot waits until it answers."""
    database = services["database"]
    assert int(database["image"].removeprefix("postgres:")) * 10_000 >= OLDEST_VERSION
    (volume,) = database["volumes"]
    assert volume.split(":")[0] in yaml.safe_load(read("compose.yaml"))["volumes"]
    assert services["bot"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in database["healthcheck"]["test"][1]


def test_the_service_runs_the_bot(service: dict[str, list[str]]) -> None:
    """It runs a command of the program, from where the page for operators installs it, again and again."""
    (line,) = service["ExecStart"]
    program, *words = shlex.split(line)
    assert parser().parse_args(words)
    assert f"python3 -m venv {Path(program).parents[1]}\n" in read("docs/run-a-server.md")
    assert service["Restart"] == ["always"]
    assert (service["Type"], service["WatchdogSec"]) == (["notify"], ["60"])
    assert service["EnvironmentFile"] == ["/etc/quiz-bot.env"]
    assert "/etc/quiz-bot.env\n" in read("docs/run-a-server.md")


def test_the_service_keeps_its_answers_where_it_may_write(service: dict[str, list[str]]) -> None:
    """The database is in the one folder that is the service's own; the bank is where the page has it."""
    given = dict(line.removeprefix("BOT_").split("=", 1) for line in service["Environment"])
    settings = read_settings(token=TOKEN, **{name.lower(): value for name, value in given.items()})
    (folder,) = service["StateDirectory"]
    assert settings.database_url == f"sqlite:////var/lib/{folder}/bot.sqlite3"
    assert settings.database_url in read("docs/operate.md")
    assert f"check {settings.bank}`" in read("docs/run-a-server.md")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("CapabilityBoundingSet", ""),
        ("UMask", "0077"),
    ],
)
def test_the_service_is_shut_in(service: dict[str, list[str]], name: str, value: str) -> None:
    """It runs as a passing user on a file system that it may only read."""
    assert "".join(service[name]) == value


def test_a_thousand_screens_fit_under_the_limit_on_files(
    service: dict[str, list[str]], bots: list[dict[str, Any]]
) -> None:
    """The unit and the composition allow as many open files as the promised number of screens needs."""
    (limit,) = service["LimitNOFILE"]
    allowed = [int(limit), *(bot["ulimits"]["nofile"][kind] for bot in bots for kind in ("soft", "hard"))]
    assert allowed == [65_536] * 5
    assert RESERVED + MAX_VIEWERS_IN_TOTAL * 4 / 3 < 2000 < min(allowed)


def test_the_service_has_time_to_end(service: dict[str, list[str]], services: dict[str, dict[str, Any]]) -> None:
    """Whoever ends the bot gives it longer than the five seconds in which it ends."""
    assert int(service["TimeoutStopSec"][0]) > 5
    assert int(services["bot"]["stop_grace_period"].removesuffix("s")) > 5
