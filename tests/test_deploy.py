"""Dockerfile, Compose file and systemd unit fit the project: paths, settings, commands and permissions."""

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
from bot.cli import create_parser
from bot.config import Settings, read_settings
from bot.open_file_limit import RESERVED_FILES
from bot.store.membership import OLDEST_VERSION

ROOT = Path(__file__).parents[1]
SETTINGS = {f"BOT_{name.upper()}" for name in Settings.model_fields}
UNIT = "deploy/quiz-bot.service"
OWN = re.compile(r"\$\{(BOT_\w+)")
FILES = ("Dockerfile", "compose.yaml", UNIT)
TOKEN = "1:test"  # noqa: S105 - opens nothing
# Letters and digits, as on the page for operators: a URL needs no escaping of them.
PASSWORD = "0123abcd"  # noqa: S105 - opens nothing


def read(name: str) -> str:
    """Return the text of a file of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def instructions(name: str) -> list[str]:
    """Return the arguments of this instruction of the Dockerfile, one line each."""
    lines = re.sub(r"\\\n\s*", "", read("Dockerfile")).splitlines()
    return [line.removeprefix(name).strip() for line in lines if line.startswith(f"{name} ")]


def copied() -> list[str]:
    """Return the paths that the image copies from the project."""
    return [path for words in instructions("COPY") if "--from" not in words for path in words.split()[:-1]]


@pytest.fixture
def services() -> dict[str, dict[str, Any]]:
    """The services of the Compose file."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(read("compose.yaml"))["services"]
    return found


@pytest.fixture
def bots(services: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The services of the Compose file that run the bot."""
    return [one for name, one in services.items() if name != "database"]


@pytest.fixture
def service() -> dict[str, list[str]]:
    """The directives of the systemd unit, each with its values."""
    unit = configparser.RawConfigParser(dict_type=Gathering, strict=False, comment_prefixes=("#",))
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(read(UNIT))
    return {name: value.splitlines() for name, value in unit["Service"].items()}


class Gathering(dict[str, Any]):
    """A dictionary that collects the values of a directive that occurs several times, as systemd does."""

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - configparser's own
        if isinstance(value, list) and key in self:
            self[key].extend(value)
        else:
            super().__setitem__(key, value)


@pytest.mark.parametrize("name", FILES)
def test_every_named_setting_exists(name: str) -> None:
    """The deployment files name only settings that the bot has."""
    named = set(re.findall(r"BOT_[A-Z_]+", read(name)))
    assert named
    assert named - SETTINGS == set()


def test_the_image_is_built_from_existing_files() -> None:
    """Every copied path exists and is allowed by .dockerignore, and nothing else is allowed."""
    ignored = read(".dockerignore").splitlines()
    assert "*" in ignored
    assert {line[1:] for line in ignored if line.startswith("!")} == set(copied())
    assert [path for path in copied() if not (ROOT / path).exists()] == []


def test_the_image_copies_the_files_of_the_package() -> None:
    """The files that pyproject.toml names are copied."""
    project = tomllib.loads(read("pyproject.toml"))
    named = {project["project"]["readme"], *project["project"]["license-files"]}
    assert named | set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= set(copied())


def test_the_image_installs_only_locked_packages() -> None:
    """Every package has its hash in the lock, except the program itself, installed without dependencies."""
    installs = [words for line in instructions("RUN") for words in line.split("&&") if "pip install" in words]
    assert ["--require-hashes" in words or "--no-deps" in words for words in installs] == [True, True, True]
    assert "-r /src/requirements.lock" in installs[0]


def test_the_build_backend_of_the_image_is_locked() -> None:
    """The program is built by the packages in build.lock, with hashes, at versions that pyproject.toml allows."""
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
    """The files that the package includes from elsewhere are present where the program is built."""
    forced = tomllib.loads(read("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    (line,) = [words for words in instructions("COPY") if "pyproject.toml" in words]
    assert set(forced) <= set(line.split())


def test_services_have_limits(services: dict[str, dict[str, Any]]) -> None:
    """Each service has limits on memory and processes, with room for PostgreSQL's connections."""
    for one in services.values():
        assert one["mem_limit"] in {"512m", "1g", "2g"}
        assert 128 <= one["pids_limit"] <= 1024


def test_the_image_has_a_supported_python() -> None:
    """pyproject.toml allows the image's Python."""
    wanted = SpecifierSet(tomllib.loads(read("pyproject.toml"))["project"]["requires-python"])
    versions = re.findall(r"^FROM python:([\d.]+)-slim", read("Dockerfile"), re.MULTILINE)
    assert len(versions) == 2
    assert len(set(versions)) == 1
    assert versions[0] in wanted


def test_the_image_runs_the_bot_as_an_ordinary_user() -> None:
    """The user is a number that is not root's, and the writable folder is a volume of that user."""
    (user,), (folder,) = instructions("USER"), instructions("VOLUME")
    assert user.isdecimal()
    assert int(user) > 1000
    assert any(
        f"--uid {user}" in line and f"install -d -o bot -g bot -m 700 {folder}" in line for line in instructions("RUN")
    )
    assert instructions("WORKDIR") == [folder]


def test_the_image_starts_the_bot() -> None:
    """The image runs a command of the program, with settings that the program accepts."""
    (entry,), (command,) = (yaml.safe_load(words) for words in (*instructions("ENTRYPOINT"), *instructions("CMD")))
    assert entry == "bot"
    assert create_parser().parse_args([command] if isinstance(command, str) else command)
    given = dict(re.findall(r"BOT_([A-Z_]+)=(\S+)", read("Dockerfile")))
    settings = read_settings(token=TOKEN, **{name.lower(): value for name, value in given.items()})
    assert any(words.endswith(f" {settings.bank}") for words in instructions("COPY"))
    assert settings.database_url == f"sqlite:///{instructions('VOLUME')[0]}/bot.sqlite3"


def test_the_compose_file_has_valid_settings(services: dict[str, dict[str, Any]]) -> None:
    """With a token and a password filled in, the settings of the Compose file are valid and name its database."""
    filled = {
        name: re.sub(r"\$\{(\w+):[?-]([^}]*)\}", fill, value) for name, value in services["bot"]["environment"].items()
    }
    # A variable from outside keeps its name, and counts as not set if it is empty.
    assert all(found == name for name, value in services["bot"]["environment"].items() for found in OWN.findall(value))
    settings = read_settings(**{name.removeprefix("BOT_").lower(): value for name, value in filled.items() if value})
    database = services["database"]["environment"]
    user, name = database["POSTGRES_USER"], database["POSTGRES_DB"]
    assert settings.database_url == f"postgresql://{user}:{PASSWORD}@database/{name}"
    assert settings.listen_address == ("0.0.0.0", 8080)  # noqa: S104 - in the container


def test_the_compose_file_runs_two_equal_bots(bots: list[dict[str, Any]]) -> None:
    """The two bots differ only in the local port at which a proxy reaches them."""
    assert [one.pop("ports") for one in bots] == [["127.0.0.1:8080:8080"], ["127.0.0.1:8081:8080"]]
    assert bots[0] == bots[1]
    assert all(f"127.0.0.1:{port}" in read("docs/operate.md") for port in (8080, 8081))


def fill(found: re.Match[str]) -> str:
    """Substitute a variable of the Compose file; a required one has an error message in place of a default."""
    secrets = {"BOT_TOKEN": TOKEN, "POSTGRES_PASSWORD": PASSWORD}
    return secrets.get(found[1], found[2])


def test_the_page_for_operators_sets_every_required_variable() -> None:
    """The command on the page sets every variable without which Compose does not start."""
    needed = set(re.findall(r"\$\{(\w+):\?", read("compose.yaml")))
    (line,) = re.findall(r"^printf '(.*?)'", read("docs/operate.md"), re.MULTILINE)
    assert set(re.findall(r"([A-Z_]+)=%s", line)) == needed


def test_the_composed_bot_can_hardly_write_anything(
    services: dict[str, dict[str, Any]], bots: list[dict[str, Any]]
) -> None:
    """File systems are read-only except a temporary /tmp and the data, and no process gains privileges."""
    for one in services.values():
        assert one["read_only"]
        assert "/tmp" in one["tmpfs"]  # noqa: S108 - in the container
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert one["restart"] == "always"
    for bot in bots:
        assert bot["cap_drop"] == ["ALL"]
        assert [volume for volume in bot["volumes"] if not volume.endswith(":ro")] == []
        assert bot["volumes"][0].split(":")[1] in read("Dockerfile")


def test_the_composed_bot_has_a_health_check(services: dict[str, dict[str, Any]]) -> None:
    """The container's health check is a command of the program."""
    how, program, *words = services["bot"]["healthcheck"]["test"]
    assert (how, program) == ("CMD", "bot")
    assert create_parser().parse_args(words)


def test_the_compose_file_has_a_suitable_database(services: dict[str, dict[str, Any]]) -> None:
    """Several processes can share it, its data outlives the container, and the bot waits until it answers."""
    database = services["database"]
    assert int(database["image"].removeprefix("postgres:")) * 10_000 >= OLDEST_VERSION
    (volume,) = database["volumes"]
    assert volume.split(":")[0] in yaml.safe_load(read("compose.yaml"))["volumes"]
    assert services["bot"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "pg_isready" in database["healthcheck"]["test"][1]


def test_the_service_runs_the_bot(service: dict[str, list[str]]) -> None:
    """The unit runs a command of the program, from where the page for operators installs it, and restarts it."""
    (line,) = service["ExecStart"]
    program, *words = shlex.split(line)
    assert create_parser().parse_args(words)
    assert f"python3 -m venv {Path(program).parents[1]}\n" in read("docs/run-a-server.md")
    assert service["Restart"] == ["always"]
    assert (service["Type"], service["WatchdogSec"]) == (["notify"], ["60"])
    assert service["EnvironmentFile"] == ["/etc/quiz-bot.env"]
    assert "/etc/quiz-bot.env\n" in read("docs/run-a-server.md")


def test_the_service_stores_answers_in_its_own_folder(service: dict[str, list[str]]) -> None:
    """The database is in the service's only writable folder; the bank is where the page says."""
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
def test_the_service_is_sandboxed(service: dict[str, list[str]], name: str, value: str) -> None:
    """The unit runs as a temporary user on a read-only file system."""
    assert "".join(service[name]) == value


def test_a_thousand_screens_fit_under_the_limit_on_files(
    service: dict[str, list[str]], bots: list[dict[str, Any]]
) -> None:
    """The unit and the Compose file allow as many open files as the promised number of screens needs."""
    (limit,) = service["LimitNOFILE"]
    allowed = [int(limit), *(bot["ulimits"]["nofile"][kind] for bot in bots for kind in ("soft", "hard"))]
    assert allowed == [65_536] * 5
    assert RESERVED_FILES + MAX_VIEWERS_IN_TOTAL * 4 / 3 < 2000 < min(allowed)


def test_the_service_has_time_to_stop(service: dict[str, list[str]], services: dict[str, dict[str, Any]]) -> None:
    """Docker and systemd wait longer than the five seconds in which the bot stops."""
    assert int(service["TimeoutStopSec"][0]) > 5
    assert int(services["bot"]["stop_grace_period"].removesuffix("s")) > 5
