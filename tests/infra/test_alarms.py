"""What is wrong is told: every queue, every function, and every way in which work can be lost."""

import json

import pytest

from openhour.rules.refusals import Busy

LAMBDA, SQS = "AWS/Lambda", "AWS/SQS"


@pytest.fixture(scope="module")
def watched(translated):
    """Each metric that an alarm watches, as its namespace, name and dimensions."""
    return {
        (namespace, name, tuple(sorted(dimensions)))
        for alarm in translated.of_type("AWS::CloudWatch::Alarm").values()
        for namespace, name, dimensions in _metrics(alarm)
    }


def _metrics(alarm):
    singles = [alarm] if "MetricName" in alarm else []
    for metric in singles + [each["MetricStat"]["Metric"] for each in _stats(alarm)]:
        dimensions = [
            (each["Name"], json.dumps(each["Value"])) for each in metric.get("Dimensions", ())
        ]
        yield json.dumps(metric["Namespace"]).strip('"'), metric["MetricName"], dimensions


def _stats(alarm):
    return [each for each in alarm.get("Metrics", ()) if "MetricStat" in each]


def _of_function(name):
    return (("FunctionName", json.dumps({"Ref": name})),)


def test_every_alarm_is_told_by_mail_and_so_is_its_end(translated):
    topic = translated.properties("AlarmTopic")
    assert topic["Subscription"] == [{"Protocol": "email", "Endpoint": "operator@openhour.example"}]
    for name, alarm in translated.of_type("AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "AlarmTopic"}], name
        assert alarm["AlarmDescription"], name


def test_the_alarms_may_tell(translated):
    (policy,) = translated.of_type("AWS::SNS::TopicPolicy").values()
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert [each["Principal"] for each in allowed] == [{"Service": "cloudwatch.amazonaws.com"}]
    using_the_key = [
        set(statement["Action"])
        for statement in translated.properties("Key")["KeyPolicy"]["Statement"]
        if statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    ]
    assert using_the_key == [{"kms:Decrypt", "kms:GenerateDataKey"}]


def test_every_functions_errors_are_watched(translated, watched):
    for name in translated.handlers():
        assert (LAMBDA, "Errors", _of_function(name)) in watched, name


def test_throttling_is_watched_wherever_somebody_waits(translated, watched):
    for name in {route.function for route in translated.routes()}:
        assert (LAMBDA, "Throttles", _of_function(name)) in watched, name


def test_followers_that_fall_behind_are_watched(translated, watched):
    for name in {mapping.function for mapping in translated.mappings()}:
        assert (LAMBDA, "IteratorAge", _of_function(name)) in watched, name


def test_every_queue_is_watched(translated, watched):
    for name in translated.of_type("AWS::SQS::Queue"):
        queue = (("QueueName", json.dumps({"Fn::GetAtt": [name, "QueueName"]})),)
        assert (SQS, "ApproximateNumberOfMessagesVisible", queue) in watched, name


def test_what_a_follower_cannot_handle_ends_in_a_queue_while_its_records_can_still_be_read(
    translated,
):
    queues = set(translated.of_type("AWS::SQS::Queue"))
    mappings = translated.of_type("AWS::Lambda::EventSourceMapping")
    assert len(mappings) == 3
    for name, mapping in mappings.items():
        queue = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
        assert queue in queues, name
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], name
        assert mapping["BisectBatchOnFunctionError"] is True, name
        # A stream forgets after a day: half of it is left to look.
        assert mapping["MaximumRecordAgeInSeconds"] <= 12 * 60 * 60, name


def test_dead_letters_wait_for_two_weeks(translated):
    for name, queue in translated.of_type("AWS::SQS::Queue").items():
        assert queue["MessageRetentionPeriod"] == 14 * 24 * 60 * 60, name


def test_a_release_that_fails_for_good_ends_in_a_queue(translated):
    (config,) = translated.of_type("AWS::Lambda::EventInvokeConfig").values()
    assert config["FunctionName"] == {"Ref": "ReleaseFunction"}
    queue = config["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert queue in translated.of_type("AWS::SQS::Queue")
    assert config["MaximumRetryAttempts"] == 2
    variables = translated.properties("PracticeFollower")["Environment"]["Variables"]
    assert variables["RELEASE_DEAD_LETTER_ARN"] == {"Fn::GetAtt": [queue, "Arn"]}


def test_dead_letters_that_can_not_be_put_aside_are_watched(translated, watched):
    for name in ("ReleaseFunction", "PrivilegesFollower", "PracticeFollower"):
        assert (LAMBDA, "DestinationDeliveryFailures", _of_function(name)) in watched, name
    group = (("ScheduleGroup", json.dumps({"Ref": "Schedules"})),)
    assert ("AWS/Scheduler", "InvocationsFailedToBeSentToDeadLetterCount", group) in watched


def test_our_mistakes_and_a_busy_database_are_watched_where_they_are_counted(translated, watched):
    for function in translated.of_type("AWS::Lambda::Function").values():
        namespace = function["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
        counted_in = json.dumps(namespace)
        assert (counted_in, "Failures", ()) in watched
        assert (counted_in, "Refusals", (("refusal", json.dumps(Busy.name)),)) in watched


def test_the_gateways_own_errors_are_watched(watched):
    stage = (("ApiId", json.dumps({"Ref": "Api"})), ("Stage", json.dumps("$default")))
    assert ("AWS/ApiGateway", "5xx", stage) in watched


def test_personal_data_in_a_log_is_watched(watched):
    group = (
        ("DataProtectionOperation", json.dumps("Audit")),
        ("LogGroupName", json.dumps({"Ref": "FunctionLogs"})),
    )
    assert ("AWS/Logs", "LogEventsWithFindings", group) in watched


def test_a_release_that_did_not_run_is_watched_and_so_is_the_watch(translated):
    overdue, silent = (
        translated.properties(name) for name in ("ReleasesOverdue", "ReleaseWatchSilent")
    )
    assert overdue["MetricName"] == silent["MetricName"] == "ReleasesOverdue"
    assert (overdue["Statistic"], overdue["ComparisonOperator"], overdue["Threshold"]) == (
        "Maximum",
        "GreaterThanOrEqualToThreshold",
        1,
    )
    assert (silent["Statistic"], silent["ComparisonOperator"], silent["Threshold"]) == (
        "SampleCount",
        "LessThanThreshold",
        1,
    )
    (rule,) = translated.of_type("AWS::Events::Rule").values()
    assert rule["ScheduleExpression"] == "rate(1 hour)"
    assert [target["Arn"] for target in rule["Targets"]] == [{"Ref": "ReleaseWatchAliaslive"}]
    assert silent["Period"] * silent["EvaluationPeriods"] > 3600


def test_silence_is_no_alarm_but_where_silence_is_what_is_wrong(translated):
    for name, alarm in translated.of_type("AWS::CloudWatch::Alarm").items():
        wrong = name == "ReleaseWatchSilent"
        assert alarm["TreatMissingData"] == ("breaching" if wrong else "notBreaching"), name


def test_the_dashboard_shows_queues_functions_and_the_interface(translated):
    text = translated.properties("Dashboard")["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(text)["widgets"]
    assert len({(each["x"], each["y"]) for each in widgets}) == len(widgets)
    for name in (*translated.of_type("AWS::SQS::Queue"), "Api", "Schedules", "BookingFunction"):
        assert f"${{{name}" in text, name
